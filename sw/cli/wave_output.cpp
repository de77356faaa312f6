// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/wave_output.h"

#include <filesystem>
#include <limits>

#include "hw/wave/wave_formats.h"
#include "sw/cli/option_values.h"
#include "sw/console/output_path.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"

namespace airnn {

namespace fs = std::filesystem;

void WaveOutput::add_to(Options& app) {
  app.add_option("--wave", file_, "Write the waveform, as VCD or (named .fst) FST")
      ->type_name("FILE");
  app.add_option("--wave-from", from_, "First fabric cycle of the waveform")->type_name("CYCLE");
  app.add_option("--wave-to", to_, "Last fabric cycle of the waveform")->type_name("CYCLE");
  app.add_option("--wave-scope", scopes_,
                 "Only these signals, e.g. 'accelerator.score_calculation', or ('!*.compute') all "
                 "but these; may be repeated")
      ->type_name("PATTERN");
}

void WaveOutput::check_file() const {
  check_output_path("--wave", file_);
  if (!is_device(file_)) {  // else there will be no layout
    const std::string layout = fs::path(file_).replace_extension(".gtkw").string();
    check_distinct("--wave", file_, "its layout", layout);
    check_output_path("--wave", layout);
  }
  check_wave_format(file_);
}

WaveOptions WaveOutput::options(unsigned jobs) const {
  WaveOptions options;
  if (!is_wanted()) {
    const char* const alone = !from_.empty()     ? "--wave-from"
                              : !to_.empty()     ? "--wave-to"
                              : !scopes_.empty() ? "--wave-scope"
                                                 : nullptr;
    if (alone != nullptr) {
      throw UserError(std::string(alone) + ": belongs to --wave, which is not given");
    }
    return options;
  }
  if (jobs > 1) {
    throw UserError("--wave: the signals of several jobs are no sequence; expected --jobs 1");
  }
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max() - 1;
  if (!from_.empty()) {
    options.from = static_cast<Cycle>(integer_option("--wave-from", from_, 0, kMost));
  }
  if (!to_.empty()) {
    options.to = static_cast<Cycle>(
        integer_option("--wave-to", to_, static_cast<std::int64_t>(options.from), kMost));
  }
  check_file();
  options.file = file_;
  options.scopes = scopes_;
  return options;
}

}  // namespace airnn
