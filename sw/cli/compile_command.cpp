// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/compile_command.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "sw/cli/option_values.h"
#include "sw/cli/own_files.h"
#include "sw/compiler/compiled_image.h"
#include "sw/console/console.h"
#include "sw/console/output_path.h"
#include "sw/console/stop_signal.h"
#include "sw/describe/compile_result.h"
#include "sw/describe/json_file.h"
#include "sw/format/output_file.h"

namespace airnn {

Options* CompileCommand::add_to(Options& program) {
  Options* app = program.add_subcommand("compile", "Turn an ONNX model into a memory image");
  jobs_ = default_jobs();
  app->add_option("model", model_, "The trained network: an ONNX file or a name, 'lenet5'")
      ->required()
      ->type_name("MODEL");
  app->add_option("-o,--output", output_, "The memory image")->required()->type_name("IMAGE.airnn");
  app->add_option("--json", json_, "Also write everything that is printed to a JSON file")
      ->type_name("FILE");
  app->add_option("--jobs", jobs_, "Threads; the result does not depend on them")
      ->capture_machine_default()
      ->type_name("N");
  app->add_flag("-q,--quiet", quiet_, "Print nothing but errors");
  request_.add_to(*app);
  app->footer(
      "Examples:\n"
      "  airnn compile lenet5.onnx -o lenet5.airnn --clusters 10\n"
      "  airnn compile vgg.onnx -o vgg.airnn --clusters 8,conv1=12,fc8=elbow");
  return app;
}

void CompileCommand::check_outputs() const {
  check_output_path("--output", output_);
  check_distinct("--output", output_, "the model", model_);
  if (!json_.empty()) {
    check_output_path("--json", json_);
    check_distinct("--json", json_, "--output", output_);
    check_distinct("--json", json_, "the model", model_);
  }
}

ExitCode CompileCommand::run() {
  model_ = file_or_name("model", OwnFile::model, model_);
  const CompiledImage compiled =
      compile_image(request_.read(), model_, jobs_option(jobs_), [this] { check_outputs(); });
  const CompiledModel result{file_name(model_), file_name(output_), compiled.options,
                             compiled.report, compiled.image};
  {
    StopSignal hold;
    OutputFile image_file(output_);
    image_file.write(compiled.image.bytes());
    std::optional<OutputFile> json_file;
    if (!json_.empty()) {
      json_file.emplace(json_);
      json_file->write(json_text(compile_json(result)));
      json_file->commit();
    }
    image_file.commit();
  }
  if (!quiet_) {
    print(compile_text(result));
  }
  return ExitCode::done;
}

}  // namespace airnn
