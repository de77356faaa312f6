// SPDX-License-Identifier: Apache-2.0
#include "sw/data/npy_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "sw/format/byte_view.h"
#include "sw/format/shown_text.h"

namespace airnn {

namespace {

constexpr std::uint8_t kNpyMagic[] = {0x93, 'N', 'U', 'M', 'P', 'Y'};
constexpr std::uint64_t kLongestHeader = 1U << 16;

/// Reads the header's Python literal: a dictionary with exactly the three known keys.
class HeaderParser {
 public:
  HeaderParser(const DataFile& file, const std::string& text) : file_(file), text_(text) {}

  NpyHeader parse() {
    NpyHeader header;
    bool has_descr = false;
    bool has_order = false;
    bool has_shape = false;
    expect('{');
    while (!take('}')) {
      const std::string key = string();
      expect(':');
      if (key == "descr" && !has_descr) {
        has_descr = true;
        header.descr = descr();
      } else if (key == "fortran_order" && !has_order) {
        has_order = true;
        header.fortran_order = boolean();
      } else if (key == "shape" && !has_shape) {
        has_shape = true;
        header.shape = tuple();
      } else {
        bad(fmt::format("unknown or repeated key '{}'", shown(key)));
      }
      if (!take(',')) {
        expect('}');
        break;
      }
    }
    skip_space();
    if (at_ != text_.size()) {
      bad(fmt::format("something follows its dictionary at character {}", at_));
    }
    if (!has_descr || !has_order || !has_shape) {
      bad("the keys descr, fortran_order and shape are required");
    }
    return header;
  }

 private:
  [[noreturn]] void bad(const std::string& reason) const {
    file_.fail(fmt::format("damaged .npy header: {}", reason));
  }

  void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) {
      ++at_;
    }
  }

  bool take(char symbol) {
    skip_space();
    if (at_ < text_.size() && text_[at_] == symbol) {
      ++at_;
      return true;
    }
    return false;
  }

  void expect(char symbol) {
    if (!take(symbol)) {
      bad(fmt::format("expected '{}' at character {}", symbol, at_));
    }
  }

  std::string string() {
    const char quote = take('"') ? '"' : '\'';
    if (quote == '\'') {
      expect('\'');
    }
    const std::size_t end = text_.find(quote, at_);
    if (end == std::string::npos) {
      bad("a string has no end");
    }
    const std::string content = text_.substr(at_, end - at_);
    at_ = end + 1;
    return content;
  }

  std::string descr() {
    if (take('[')) {
      file_.fail("a .npy array of records; expected plain numbers");
    }
    return string();
  }

  bool boolean() {
    skip_space();
    for (const char* word : {"True", "False"}) {
      const std::string expected = word;
      if (text_.compare(at_, expected.size(), expected) == 0) {
        at_ += expected.size();
        return expected == "True";
      }
    }
    bad("fortran_order must be True or False");
  }

  std::vector<std::uint64_t> tuple() {
    std::vector<std::uint64_t> numbers;
    expect('(');
    while (!take(')')) {
      numbers.push_back(number());
      if (!take(',')) {
        expect(')');
        break;
      }
    }
    return numbers;
  }

  std::uint64_t number() {
    skip_space();
    std::uint64_t value = 0;
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') {
      value = value * 10 + static_cast<std::uint64_t>(text_[at_] - '0');
      ++at_;
    }
    if (at_ == begin || at_ - begin > 18) {
      bad("a dimension of the shape must be a number of at most 18 digits");
    }
    return value;
  }

  const DataFile& file_;
  const std::string& text_;
  std::size_t at_ = 0;
};

}  // namespace

bool looks_like_npy(DataFile& file) {
  const std::vector<std::uint8_t>& head = file.peek(sizeof kNpyMagic);
  return head.size() >= sizeof kNpyMagic &&
         std::equal(std::begin(kNpyMagic), std::end(kNpyMagic), head.begin());
}

NpyHeader read_npy_header(DataFile& file) {
  const std::vector<std::uint8_t> start = file.read_exactly(8, "the .npy magic number and version");
  const int version = start[6];
  if (version < 1 || version > 3 || start[7] != 0) {
    file.fail(fmt::format(".npy version {}.{}, expected 1.0, 2.0 or 3.0", version, start[7]));
  }
  const int width = version == 1 ? 2 : 4;
  const std::vector<std::uint8_t> size =
      file.read_exactly(static_cast<std::uint64_t>(width), "the length of the .npy header");
  const std::uint64_t length = load_little_endian(size.data(), width);
  if (length > kLongestHeader) {
    file.fail(fmt::format("damaged .npy header: its length is {}, expected at most {}", length,
                          kLongestHeader));
  }
  const std::vector<std::uint8_t> bytes = file.read_exactly(length, "the .npy header");
  const std::string text(bytes.begin(), bytes.end());
  return HeaderParser(file, text).parse();
}

}  // namespace airnn
