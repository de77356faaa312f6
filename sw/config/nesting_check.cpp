// SPDX-License-Identifier: Apache-2.0
#include "sw/config/nesting_check.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "sw/config/config_node.h"
#include "sw/format/errors.h"

namespace airnn {
namespace {

/// Goes through a text and keeps how many brackets are open.
class BracketScan {
 public:
  explicit BracketScan(std::string_view text) : text_(text) {}

  /// Takes the next character, or a whole comment or quotation. False at the end of the text.
  bool step() {
    if (at_ >= text_.size()) {
      return false;
    }
    const char c = text_[at_];
    const bool begins = begins_value();
    if (c == '#' && (before_ == '\n' || before_ == ' ')) {
      at_ = std::min(text_.find('\n', at_), text_.size());
      return true;
    }
    if ((c == '"' || c == '\'') && begins) {
      skip_quotation(c);
    } else if ((c == '[' || c == '{') && (open_ > 0 || begins)) {
      ++open_;
    } else if ((c == ']' || c == '}') && open_ > 0) {
      --open_;
    }
    pass(c);
    return true;
  }

  int open() const { return open_; }
  int line() const { return line_; }

 private:
  /// A value can begin here: nothing but an indicator of YAML stands before it. What stands behind
  /// a word belongs to the word.
  bool begins_value() const {
    return sign_ == '\n' || (open_ > 0 && is_one_of("[{,:")) ||
           (before_ == ' ' && is_one_of(":-?"));
  }
  bool is_one_of(std::string_view signs) const { return signs.find(sign_) != signs.npos; }

  void pass(char c) {
    if (c == '\n') {
      ++line_;
      sign_ = before_ = '\n';
    } else if (c == ' ' || c == '\t' || c == '\r') {
      before_ = ' ';
    } else {
      sign_ = before_ = c;
    }
    ++at_;
  }

  /// To the mark that ends it, or to the end of the text.
  void skip_quotation(char mark) {
    for (++at_; at_ < text_.size(); ++at_) {
      const bool doubled = mark == '\'' && text_.substr(at_, 2) == "''";
      if (text_[at_] == mark && !doubled) {
        break;
      }
      if (doubled || (mark == '"' && text_[at_] == '\\' && at_ + 1 < text_.size())) {
        ++at_;
      }
      line_ += text_[at_] == '\n' ? 1 : 0;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  char before_ = '\n';  ///< the character before; a space for all white space within a line
  char sign_ = '\n';    ///< the last one that was none, or the beginning of the line
  int line_ = 1;
  int open_ = 0;
};

}  // namespace

void check_nesting(const std::string& text, const std::string& origin) {
  BracketScan scan(text);
  while (scan.step()) {
    if (scan.open() > kMostNested) {
      throw ConfigError(ConfigPosition{origin, scan.line()}.text() + ": more than " +
                        std::to_string(kMostNested) + " lists and mappings lie in each other");
    }
  }
}

}  // namespace airnn
