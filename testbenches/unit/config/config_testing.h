// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "sw/config/config_document.h"
#include "sw/format/errors.h"

namespace airnn {

/// A reader of `text`, which stands in messages as file "a.yaml".
inline ConfigReader reader_of(const std::string& text) {
  return ConfigDocument::from_text(text, "a.yaml").reader();
}

/// The message of the ConfigError that `action` throws; a text no message has if it throws none.
inline std::string refusal(const std::function<void()>& action) {
  try {
    action();
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "<accepted>";
}

}  // namespace airnn
