// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/compile_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <utility>

#include "sw/cli/compile_result.h"
#include "sw/cli/console.h"
#include "sw/cli/json_file.h"
#include "sw/cli/option_values.h"
#include "sw/cli/output_path.h"
#include "sw/cli/stop_signal.h"
#include "sw/compiler/image_builder.h"
#include "sw/data/image_set.h"
#include "sw/data/preprocess.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"
#include "sw/model/onnx_reader.h"

namespace airnn {

namespace {

/// An image of ours that does not verify is a fault of the program, not of the user.
MemoryImage verified(std::vector<std::uint8_t> bytes) {
  try {
    return MemoryImage::parse(std::move(bytes), "the compiled image");
  } catch (const ImageError& error) {
    throw std::logic_error(error.what());
  }
}

}  // namespace

CLI::App* CompileCommand::add_to(CLI::App& program) {
  app_ = program.add_subcommand("compile", "Turn an ONNX model into a memory image");
  jobs_ = default_jobs();
  app_->add_option("model", model_, "The trained network")->required()->type_name("MODEL.onnx");
  app_->add_option("-o,--output", output_, "The memory image")
      ->required()
      ->type_name("IMAGE.airnn");
  app_->add_option("--json", json_, "Also write everything that is printed to a JSON file")
      ->type_name("FILE");
  app_->add_option("--jobs", jobs_, "Threads; the result does not depend on them")
      ->capture_default_str()
      ->type_name("N");
  app_->add_flag("-q,--quiet", quiet_, "Print nothing but errors");
  add_clustering_options();
  interleaving_.add_to(*app_);
  preprocess_.add_to(*app_);
  app_->footer(
      "Examples:\n"
      "  airnn compile lenet5.onnx -o lenet5.airnn --clusters 10\n"
      "  airnn compile vgg.onnx -o vgg.airnn --clusters 8,conv1=12,fc8=elbow");
  return app_;
}

void CompileCommand::add_clustering_options() {
  const auto add = [this](const char* name, std::string& value, const char* help, const char* type,
                          const char* group) {
    app_->add_option(name, value, help)->capture_default_str()->type_name(type)->group(group);
  };
  const char* clustering = "Clusters";
  add("--scheme", scheme_,
      "base: dense, all weights at once; iterative: clusters in batches; interleaved: and sparse\n"
      "kernels share a compute unit",
      "base|iterative|interleaved", clustering);
  add("--clusters", clusters_,
      "Clusters per layer: elbow, a number, or a list such as 10,conv1=8,fc1=elbow",
      "elbow|N|layer=N,..", clustering);
  add("--batch-order", order_, "Which two clusters a batch takes", "maxmin|signed|magnitude",
      clustering);
  add("--init", init_, "optimal: the global optimum; linear, random: Lloyd from such a start",
      "optimal|linear|random", clustering);
  add("--seed", seed_, "Of --init random", "S", clustering);
  add("--always-loaded", always_loaded_,
      "Layers that are not clustered: names, first, last, pointwise, depthwise, none", "LAYER,..",
      clustering);
  const char* numbers = "Numbers";
  add("--precision", precision_, "Bits of weights and activations", "32|16|8", numbers);
  add("--index-width", index_width_, "Bits of column, row and layer numbers", "auto|8|16|32",
      numbers);
  app_->add_option("--calibrate", calibrate_,
                   "Images that number formats are fitted to, besides synthetic ones")
      ->type_name("IMAGES")
      ->group(numbers);
  add("--calibrate-count", calibrate_count_, "So many of them at most", "N", numbers);
}

CompileOptions CompileCommand::options() const {
  CompileOptions options;
  options.scheme = choice_option<Scheme>("--scheme", scheme_,
                                         {{"base", Scheme::base},
                                          {"iterative", Scheme::iterative},
                                          {"interleaved", Scheme::interleaved}});
  options.interleave = interleaving_.read(options.scheme);
  options.clusters = parse_cluster_spec(clusters_);
  options.order = choice_option<BatchOrder>("--batch-order", order_,
                                            {{"maxmin", BatchOrder::maxmin},
                                             {"signed", BatchOrder::signed_means},
                                             {"magnitude", BatchOrder::magnitude}});
  options.init = choice_option<InitMethod>("--init", init_,
                                           {{"optimal", InitMethod::optimal},
                                            {"linear", InitMethod::linear},
                                            {"random", InitMethod::random}});
  options.seed = static_cast<std::uint64_t>(
      integer_option("--seed", seed_, 0, std::numeric_limits<std::int64_t>::max()));
  options.precision =
      choice_option<int>("--precision", precision_, {{"32", 32}, {"16", 16}, {"8", 8}});
  options.index_width = choice_option<int>("--index-width", index_width_,
                                           {{"auto", 0}, {"8", 8}, {"16", 16}, {"32", 32}});
  options.always_loaded = name_list_option("--always-loaded", always_loaded_);
  options.threads = jobs_option(jobs_);
  return options;
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

std::vector<std::vector<float>> CompileCommand::calibration(const Network& network) const {
  if (calibrate_.empty()) {
    return {};
  }
  const auto limit = static_cast<std::int32_t>(
      integer_option("--calibrate-count", calibrate_count_, 1, 1'000'000));
  const ImageSet images = read_images(calibrate_);
  check_fits(images, network);
  const InputConverter converter(network);
  std::vector<std::vector<float>> inputs;
  for (std::int32_t i = 0; i < std::min(images.count, limit); ++i) {
    inputs.push_back(converter.to_float(images, i));
  }
  return inputs;
}

ExitCode CompileCommand::run() {
  CompileOptions compile_options = options();
  Model model = read_onnx(model_);
  check_outputs();
  model.network.preprocess = preprocess_.read(model_, model.network.input.channels);
  compile_options.preprocess = model.network.preprocess;
  compile_options.calibration = calibration(model.network);
  CompileResult compiled = compile(model, compile_options);
  const MemoryImage image = verified(std::move(compiled.image));
  const CompiledModel result{file_name(model_), file_name(output_), compile_options,
                             compiled.report, image};
  {
    StopSignal hold;
    OutputFile image_file(output_);
    image_file.write(image.bytes());
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
