// SPDX-License-Identifier: Apache-2.0
#include "sw/config/config_tree.h"

#include <algorithm>
#include <cstdio>

#include "sw/config/scalar_parser.h"

namespace airnn {
namespace {

bool is_plain(const std::string& text) {
  static const char* const kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
  static const char* const kReserved[] = {"true", "false", "null", "Null", "NULL"};
  // A leading dot begins a number, unless it begins a relative path.
  const bool is_path = text.rfind("./", 0) == 0 || text.rfind("../", 0) == 0;
  return !text.empty() && (is_path || std::string(kLetters).find(text[0]) != std::string::npos) &&
         text.find_first_not_of(std::string(kLetters) + "0123456789./-") == std::string::npos &&
         std::find(std::begin(kReserved), std::end(kReserved), text) == std::end(kReserved);
}

std::string text_scalar(const std::string& text) {
  if (is_plain(text)) {
    return text;
  }
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\x%02x", static_cast<unsigned>(c) & 0xFFU);
      out += escape;
    } else {
      out += c;
    }
  }
  return out + "\"";
}

struct Writer {
  std::string indent;

  std::string operator()(std::int64_t value) const { return " " + std::to_string(value) + "\n"; }
  std::string operator()(double value) const { return " " + real_text(value) + "\n"; }
  std::string operator()(bool value) const { return value ? " true\n" : " false\n"; }
  std::string operator()(const std::string& value) const { return " " + text_scalar(value) + "\n"; }

  std::string operator()(const ConfigTree::List& list) const {
    if (list.empty()) {
      return " []\n";
    }
    std::string out = "\n";
    for (const ConfigTree& item : list) {
      // A mapping's first key goes on the line of the dash: its own break and indent are dropped.
      const std::string text = std::visit(Writer{indent + "  "}, item.value);
      const bool is_block = text[0] == '\n';
      out += indent + "-" + (is_block ? " " + text.substr(3 + indent.size()) : text);
    }
    return out;
  }

  std::string operator()(const ConfigTree::Mapping& mapping) const {
    if (mapping.empty()) {
      return " {}\n";
    }
    std::string out = "\n";
    for (const ConfigMember& member : mapping) {
      const bool is_list = std::holds_alternative<ConfigTree::List>(member.value.value);
      out += indent + text_scalar(member.key) + ":" +
             std::visit(Writer{is_list ? indent : indent + "  "}, member.value.value);
    }
    return out;
  }
};

}  // namespace

std::string to_yaml(const ConfigTree& tree) {
  return std::visit(Writer{""}, tree.value).substr(1);
}

}  // namespace airnn
