// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace airnn::test {

/// Opens pages in a real browser without a window.
class Browser {
 public:
  /// Empty if the machine has none.
  static std::string program();

  /// Opens a copy of the page that runs `script`, the body of a function, once it is loaded, and
  /// gives back what that returns. Throws std::runtime_error with the page's errors if it has any,
  /// be they of its scripts or of its security policy.
  static nlohmann::json run(const std::string& page, const std::string& script);

  /// The same for a page in a window of so many pixels; the script's argument `page` is its window.
  static nlohmann::json run_in_width(const std::string& page, int width, const std::string& script);
};

}  // namespace airnn::test
