// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/reprice_command.h"

#include "hw/sim/reprice.h"
#include "sw/cli/own_files.h"
#include "sw/cli/result_folder.h"
#include "sw/console/stop_signal.h"
#include "sw/data/data_file.h"
#include "sw/evaluate/evaluation_layout.h"
#include "sw/format/errors.h"

namespace airnn {

Options* RepriceCommand::add_to(Options& program) {
  Options* app = program.add_subcommand(
      "reprice", "Give the results of a run the prices of another energy table");
  app->add_option("folder", folder_, "Folder that 'airnn simulate --out' wrote")
      ->required()
      ->type_name("DIR");
  app->add_option("--energy", energy_, "The energy table: a file or a name, 'aladdin_40nm'")
      ->required()
      ->type_name("TABLE");
  app->add_option("--out", out_, "Folder for the new files (default: they replace the old ones)")
      ->type_name("DIR");
  app->footer("Example:\n  airnn reprice results --energy configs/energy/aladdin_40nm.yaml");
  return app;
}

ExitCode RepriceCommand::run() {
  require_whole_run(folder_);
  const RunFiles files = {read_text(folder_ + "/results.json"), read_text(folder_ + "/inputs.csv"),
                          read_text(folder_ + "/counts.csv")};
  const RunFiles repriced =
      reprice(files, folder_, file_or_name("--energy", OwnFile::energy, energy_));
  const std::string out = out_.empty() ? folder_ : out_;
  if (is_sealed_run(out)) {
    throw UserError(out +
                    ": is a run of an evaluation, whose prices are those of its experiment; "
                    "expected --out with another folder");
  }
  make_result_folder(out);
  StopSignal hold;  // not between two files
  write_run_files(out, repriced);
  return ExitCode::done;
}

}  // namespace airnn
