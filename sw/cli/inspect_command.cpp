// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/inspect_command.h"

#include <nlohmann/json.hpp>

#include "sw/console/console.h"
#include "sw/console/output_path.h"
#include "sw/describe/group_view.h"
#include "sw/describe/image_json.h"
#include "sw/describe/image_selection.h"
#include "sw/describe/image_text.h"
#include "sw/describe/json_file.h"
#include "sw/describe/line_report.h"
#include "sw/format/memory_image.h"

namespace airnn {

Options* InspectCommand::add_to(Options& program) {
  Options* app = program.add_subcommand("inspect", "Verify a memory image and show what it holds");
  app->add_option("image", image_, "The memory image")->required()->type_name("IMAGE.airnn");
  app->add_option("--layer", shown_.layer, "Only this layer, by name or index")->type_name("L");
  app->add_option("--batch", shown_.batch, "Only what iteration I fetches, from 1")->type_name("I");
  app->add_flag("--crs", shown_.crs,
                "Also the arrays value, column, row and layer of each cluster, complete;\n"
                "entries of row and layer are number@position");
  app->add_flag(
      "--interleaving", shown_.interleaving,
      "Also the groups of kernels that share a compute unit: the flags of the blocks and\n"
      "kernel@block, kernel@first-last or (policy position) kernel@tag");
  app->add_flag("--lines", shown_.lines,
                "Also how many lines the weights of each layer are, and what that saves");
  app->add_flag("--json", json_, "One JSON document instead of tables");
  app->footer("Example:\n  airnn inspect lenet5.airnn --batch 1 --layer conv1 --crs");
  return app;
}

ExitCode InspectCommand::run() {
  const MemoryImage image = MemoryImage::read(image_);
  const ImageSelection selection = select_from(image, shown_);
  if (json_) {
    print(json_text(image_json(image, file_name(image_), selection)));
    return ExitCode::done;
  }
  print(image_text(image, file_name(image_), selection));
  if (selection.lines) {
    print("\n" + lines_table(image, selection));
  }
  for (int i = 1; i <= image.info().iterations; ++i) {
    const auto iteration = static_cast<std::uint16_t>(i);
    if (!selection.shows_batch(i)) {
      continue;
    }
    for (std::uint16_t cluster = 0; cluster < 2 && selection.crs; ++cluster) {
      print(crs_text(image, iteration, cluster, selection));
    }
    if (selection.interleaving) {
      print(groups_text(image, iteration, selection));
    }
  }
  return ExitCode::done;
}

}  // namespace airnn
