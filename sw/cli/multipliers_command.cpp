// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/multipliers_command.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sw/cli/own_files.h"
#include "sw/console/console.h"
#include "sw/console/output_path.h"
#include "sw/console/stop_signal.h"
#include "sw/describe/json_file.h"
#include "sw/describe/multiplier_list.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"
#include "sw/multiplier/table_file.h"

namespace airnn {

Options* MultipliersCommand::add_to(Options& program) {
  Options* app =
      program.add_subcommand("multipliers", "Show errors and energy of approximate multipliers");
  app->add_option("multipliers", file_, "A set of multipliers: a file or a name, 'evoapprox'")
      ->capture_default_str()
      ->type_name("MULTIPLIERS");
  app->add_flag("--json", json_, "One JSON document instead of a table");
  app->add_option("--export", export_, "Write the products of this multiplier instead")
      ->type_name("NAME");
  app->add_option("-o,--output", output_,
                  "The file for them: 65536 numbers of 16 bits, little endian, at activation * 256 "
                  "+ weight")
      ->type_name("FILE.bin");
  app->footer(
      "Examples:\n"
      "  airnn multipliers evoapprox --json\n"
      "  airnn multipliers configs/multipliers/formulas.yaml --export bam_2_8 -o bam_2_8.bin");
  return app;
}

void MultipliersCommand::check_options() const {
  if (export_.empty() != output_.empty()) {
    throw UserError(export_.empty() ? "--output: needs --export, the multiplier to write"
                                    : "--export: needs --output, the file to write");
  }
  if (!export_.empty() && json_) {
    throw UserError("--json: has no meaning with --export, which prints no table");
  }
}

void MultipliersCommand::write_table(const MultiplierLibrary& library) const {
  const Multiplier& multiplier = library.at(export_);
  check_output_path("--output", output_);
  check_distinct("--output", output_, "the multipliers", library.path());
  const ProductTable table = multiplier.table();
  const std::vector<std::uint8_t> bytes = table.bytes();
  {
    StopSignal hold;
    write_file(output_, ByteView{bytes.data(), bytes.size()});
  }
  print(one_line(fmt::format("{}: {}, {}, CRC-32C {}", output_, multiplier.name,
                             multiplier.description, crc_text(table.crc32c()))) +
        "\n");
}

ExitCode MultipliersCommand::run() {
  check_options();
  const MultiplierLibrary library =
      MultiplierLibrary::read(file_or_name("multipliers", OwnFile::multipliers, file_));
  if (!export_.empty()) {
    write_table(library);
    return ExitCode::done;
  }
  const std::vector<MultiplierFigures> figures = library_figures(library);
  print(json_ ? json_text(multipliers_json(library, figures)) : multipliers_text(library, figures));
  return ExitCode::done;
}

}  // namespace airnn
