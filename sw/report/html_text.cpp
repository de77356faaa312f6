// SPDX-License-Identifier: Apache-2.0
#include "sw/report/html_text.h"

#include "sw/report/code_span.h"

namespace airnn {

namespace {

constexpr std::string_view kOpen = "{{";
constexpr std::string_view kClose = "}}";

bool is_control(char c) {
  const auto code = static_cast<unsigned char>(c);
  return (code < 0x20 && c != '\t' && c != '\n') || code == 0x7f;
}

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += is_control(c) ? std::string("\uFFFD") : std::string(1, c);
    }
  }
  return escaped;
}

std::string html_prose(const std::string& text) {
  std::string prose;
  std::size_t plain = 0;  // where what is not written yet begins
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t code = code_length(text, at);
    if (code > 0) {
      prose += html_escaped(std::string_view(text).substr(plain, at - plain));
      prose += "<code>" + text.substr(at + 1, code - 2) + "</code>";
      plain = at + code;
      at = plain - 1;
    }
  }
  return prose + html_escaped(std::string_view(text).substr(plain));
}

std::string script_safe_json(std::string_view json) {
  std::string safe;
  for (const char c : json) {
    // They stand in strings only.
    safe += c == '<'   ? std::string("\\u003c")
            : c == '>' ? std::string("\\u003e")
            : c == '&' ? std::string("\\u0026")
                       : std::string(1, c);
  }
  return safe;
}

std::string filled(std::string_view skeleton,
                   const std::function<std::string_view(std::string_view name)>& content) {
  std::string text;
  std::size_t from = 0;
  for (std::size_t open = skeleton.find(kOpen); open != std::string_view::npos;
       open = skeleton.find(kOpen, from)) {
    const std::size_t name = open + kOpen.size();
    const std::size_t close = skeleton.find(kClose, name);
    text += skeleton.substr(from, open - from);
    text += content(skeleton.substr(name, close - name));
    from = close + kClose.size();
  }
  text += skeleton.substr(from);
  return text;
}

}  // namespace airnn
