// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace airnn {

/// As content of an element or of an attribute in double quotes. Control characters, which HTML
/// does not have, become U+FFFD.
std::string html_escaped(std::string_view text);

/// The same, and code (code_span.h) as code.
std::string html_prose(const std::string& text);

/// JSON as content of a script element, which ends at "</script" wherever that stands: the same
/// document with '<', '>' and '&' written as \u003c and so on.
std::string script_safe_json(std::string_view json);

/// `skeleton` with every "{{name}}" replaced by what `content` has for the name. What is put in is
/// not searched again.
std::string filled(std::string_view skeleton,
                   const std::function<std::string_view(std::string_view name)>& content);

}  // namespace airnn
