// SPDX-License-Identifier: Apache-2.0
#include "hw/common/replay.h"

#include <cstdlib>

#include "hw/common/check.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

bool is_set(const char* variable) {
  const char* const value = std::getenv(variable);
  const std::string text = value == nullptr ? "" : value;
  if (text.empty() || text == "0") {
    return false;
  }
  if (text != "1") {
    throw ConfigError(std::string("environment variable ") + variable +
                      ": expected 0 or 1, found '" + text + "'");
  }
  return true;
}

ReplayMode mode_of_environment() {
  const bool is_off = is_set("AIRNN_NO_REPLAY");
  const bool is_checked = is_set("AIRNN_CHECK_REPLAY");
  return is_off ? ReplayMode::off : is_checked ? ReplayMode::checked : ReplayMode::on;
}

}  // namespace

ReplayMode replay_mode() {
  static const ReplayMode mode = mode_of_environment();
  return mode;
}

void refuse_replay(const std::string& what) {
  model_failure("replay", what + ": what is remembered is not what it would be now");
}

}  // namespace airnn
