// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/wave_output.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <sstream>
#include <system_error>

#include "sw/cli/option_values.h"
#include "sw/console/output_path.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"

extern char** environ;

namespace airnn {

namespace {

namespace fs = std::filesystem;

constexpr char kConverter[] = "vcd2fst";

bool is_installed(const std::string& program) {
  const char* const path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (access((folder + "/" + program).c_str(), X_OK) == 0) {
      return true;
    }
  }
  return false;
}

/// Ctrl-C is for this program, which finishes the waveform before it ends: the converter hears of
/// no wish to stop, and what is ignored here is not ignored there.
class ConverterSignals {
 public:
  ConverterSignals() {
    sigset_t held;
    sigemptyset(&held);
    sigset_t usual;
    sigemptyset(&usual);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
      sigaddset(&held, signal);
    }
    for (const int signal : {SIGPIPE, SIGXFSZ}) {
      sigaddset(&usual, signal);
    }
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setsigmask(&attributes_, &held);
    posix_spawnattr_setsigdefault(&attributes_, &usual);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~ConverterSignals() { posix_spawnattr_destroy(&attributes_); }
  ConverterSignals(const ConverterSignals&) = delete;
  ConverterSignals& operator=(const ConverterSignals&) = delete;

  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

/// Whether it ended well.
bool convert(std::string from, std::string to) {
  std::string program = kConverter;
  char* arguments[] = {program.data(), from.data(), to.data(), nullptr};
  pid_t process = -1;
  int status = 0;
  const ConverterSignals signals;
  if (posix_spawnp(&process, kConverter, nullptr, signals.attributes(), arguments, environ) != 0) {
    return false;
  }
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  return status == 0;
}

}  // namespace

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

bool WaveOutput::is_fst() const {
  return fs::path(file_).extension() == ".fst";
}

std::string WaveOutput::vcd_file() const {
  return is_fst() ? file_ + ".vcd" : file_;
}

void WaveOutput::check_file() const {
  check_output_path("--wave", vcd_file());
  check_output_path("--wave", file_);
  if (!is_device(file_)) {  // else there will be no layout
    const std::string layout = fs::path(file_).replace_extension(".gtkw").string();
    check_distinct("--wave", file_, "its layout", layout);
    check_output_path("--wave", layout);
  }
  if (is_fst() && !is_installed(kConverter)) {
    throw UserError(
        "--wave: '" + file_ + "' needs the program " + kConverter +
        " (package gtkwave), which is not installed; expected a name that ends in .vcd");
  }
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
  options.file = vcd_file();
  options.final_file = file_;
  options.scopes = scopes_;
  return options;
}

void WaveOutput::finish() const {
  if (!is_wanted() || !is_fst()) {
    return;
  }
  if (!convert(vcd_file(), file_)) {
    std::error_code ignored;
    fs::remove(file_, ignored);
    fs::remove(file_ + ".hier", ignored);  // what the converter has while it is at work
    throw UserError("--wave: " + std::string(kConverter) + " could not write '" + file_ +
                    "'; the waveform is in '" + vcd_file() + "'");
  }
  fs::remove(vcd_file());
}

}  // namespace airnn
