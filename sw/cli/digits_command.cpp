// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/digits_command.h"

#include <fmt/format.h>

#include <cstdint>
#include <limits>

#include "sw/cli/option_values.h"
#include "sw/console/console.h"
#include "sw/console/output_path.h"
#include "sw/console/stop_signal.h"
#include "sw/console/table.h"
#include "sw/data/digit_drawer.h"
#include "sw/data/idx_writer.h"

namespace airnn {

namespace {

// Ten times the largest set of digits in use; the drawings are held in memory, 784 bytes each.
constexpr std::int64_t kMaxCount = 1'000'000;

}  // namespace

Options* DigitsCommand::add_to(Options& program) {
  Options* app = program.add_subcommand(
      "digits", "Draw a labelled set of handwritten-looking digits (28x28, as IDX files)");
  app->add_option("--count", count_, "How many, 1 to 1000000")->required()->type_name("N");
  app->add_option("--seed", seed_, "The same seed draws the same digits")
      ->capture_default_str()
      ->type_name("S");
  app->add_option("-o,--output", prefix_, "Writes PREFIX-images.idx and PREFIX-labels.idx")
      ->required()
      ->type_name("PREFIX");
  app->footer("Example:\n  airnn digits --count 1000 --seed 1 -o digits");
  return app;
}

ExitCode DigitsCommand::run() {
  const auto count = static_cast<int>(integer_option("--count", count_, 1, kMaxCount));
  const auto seed = static_cast<std::uint64_t>(
      integer_option("--seed", seed_, 0, std::numeric_limits<std::int64_t>::max()));
  const std::string images = prefix_ + "-images.idx";
  const std::string labels = prefix_ + "-labels.idx";
  check_output_path("--output", images);
  check_output_path("--output", labels);
  const LabelledSet set = draw_digits(count, seed);
  {
    StopSignal hold;
    write_labelled_set(set, prefix_);
  }
  print(fmt::format("{}: {} images of {}x{} pixels\n{}: {} labels\n", images,
                    grouped(set.images.count), set.images.width, set.images.height, labels,
                    grouped(static_cast<long long>(set.labels.size()))));
  return ExitCode::done;
}

}  // namespace airnn
