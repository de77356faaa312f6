// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/vcd_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

#include "sw/format/errors.h"

namespace airnn {

namespace {

struct EightBits {
  char text[8];
};

constexpr std::array<EightBits, 256> make_bits() {
  std::array<EightBits, 256> all{};
  for (unsigned byte = 0; byte < 256; ++byte) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      all[byte].text[bit] = (byte >> (7 - bit) & 1) != 0 ? '1' : '0';
    }
  }
  return all;
}

constexpr std::array<EightBits, 256> kBits = make_bits();

/// Without leading zeros, which a reader adds again.
char* put_bits(char* to, std::uint64_t value) {
  const unsigned digits = 64U - static_cast<unsigned>(__builtin_clzll(value | 1));
  value <<= 64 - digits;
  for (unsigned byte = 0; byte < 4; ++byte) {  // a fixed number is faster than the right one
    std::memcpy(to + 8 * byte, kBits[value >> (56 - 8 * byte) & 0xFF].text, 8);
  }
  for (unsigned byte = 4; 8 * byte < digits; ++byte) {
    std::memcpy(to + 8 * byte, kBits[value >> (56 - 8 * byte) & 0xFF].text, 8);
  }
  return to + digits;
}

constexpr std::uint64_t kEightDigits = 100000000;
constexpr std::uint64_t kZeros = 0x3030303030303030;

/// Of a number below 10^8, with leading zeros; the first in the lowest byte. All digits at once: a
/// word is split into two of four digits, these into four of two, and these into eight.
std::uint64_t eight_digits(std::uint64_t value) {
  const std::uint64_t fours = value / 10000 | value % 10000 << 32;
  const std::uint64_t upper = fours * 10486 >> 20 & 0x0000007F0000007F;  // a 100th
  const std::uint64_t twos = upper | (fours - 100 * upper) << 16;
  const std::uint64_t tens = twos * 103 >> 10 & 0x000F000F000F000F;
  return (tens | (twos - 10 * tens) << 8) + kZeros;
}

char* put_eight(char* to, std::uint64_t digits) {
  std::memcpy(to, &digits, sizeof digits);
  return to + sizeof digits;
}

/// As std::to_chars, in a third of the time.
char* put_decimal(char* to, std::uint64_t value) {
  if (value >= kEightDigits) {
    return put_eight(put_decimal(to, value / kEightDigits), eight_digits(value % kEightDigits));
  }
  const std::uint64_t digits = eight_digits(value);
  const std::uint64_t last = std::uint64_t{1} << 56;  // which is shown in any case
  const int zeros = __builtin_ctzll((digits ^ kZeros) | last) / 8;
  return put_eight(to, digits >> 8 * zeros) - zeros;
}

char* put_signed(char* to, std::int64_t value) {
  const bool is_negative = value < 0;
  *to = '-';
  to += is_negative ? 1 : 0;
  const auto size = static_cast<std::uint64_t>(value);
  return put_decimal(to, is_negative ? ~size + 1 : size);
}

std::uint64_t mask_of(const WaveType& type) {
  return type.width >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << type.width) - 1;
}

/// A text in one word, as viewers take it.
std::string escaped(const std::string& text) {
  std::string word;
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (code > ' ' && code < 127 && c != '\\') {
      word += c;
    } else {
      constexpr char kOctal[] = "01234567";
      word += {'\\', kOctal[code >> 6], kOctal[code >> 3 & 7], kOctal[code & 7]};
    }
  }
  return word;
}

std::vector<std::string> parts_of(const std::string& scope) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t dot = scope.find('.'); dot != std::string::npos; dot = scope.find('.', begin)) {
    parts.push_back(scope.substr(begin, dot - begin));
    begin = dot + 1;
  }
  parts.push_back(scope.substr(begin));
  return parts;
}

std::string declaration(const WavePath& path, const WaveType& type, const std::string& code) {
  const std::string width = std::to_string(type.width);
  switch (type.kind) {
    case WaveKind::bit:
      return "$var wire 1 " + code + " " + path.name + " $end\n";
    case WaveKind::sum:
    case WaveKind::real:
      return "$var real 64 " + code + " " + path.name + " $end\n";
    case WaveKind::text:
      return "$var string 1 " + code + " " + path.name + " $end\n";
    case WaveKind::number:
    case WaveKind::signed_number:
    case WaveKind::address:
    case WaveKind::state:
      break;
  }
  const std::string range = type.width > 1 ? " [" + std::to_string(type.width - 1) + ":0]" : "";
  const char* const kind = type.kind == WaveKind::state ? "reg " : "wire ";
  return "$var " + (kind + width) + " " + code + " " + path.name + range + " $end\n";
}

/// The declarations of a scope follow each other: from one scope to the next, what they share stays
/// open.
class ScopeText {
 public:
  explicit ScopeText(std::string& text) : text_(text) {}
  void enter(const std::string& scope) {
    std::vector<std::string> parts = scope.empty() ? std::vector<std::string>() : parts_of(scope);
    std::size_t common = 0;
    while (common < parts.size() && common < open_.size() && parts[common] == open_[common]) {
      ++common;
    }
    for (std::size_t i = common; i < open_.size(); ++i) {
      text_ += "$upscope $end\n";
    }
    for (std::size_t i = common; i < parts.size(); ++i) {
      text_ += "$scope module " + parts[i] + " $end\n";
    }
    open_ = std::move(parts);
  }

 private:
  std::string& text_;
  std::vector<std::string> open_;
};

}  // namespace

VcdWriter::VcdWriter(const WaveTree& tree, const std::string& path)
    : tree_(tree), path_(path), values_(tree.next(), 0), codes_(tree.next()), texts_(tree.next()) {
  descriptor_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor_ < 0) {
    throw UserError(path_ + ": cannot create it: " + std::strerror(errno));
  }
  constexpr char kFirst = '!';
  constexpr unsigned kLetters = '~' - kFirst + 1;
  WaveId number = 0;
  for (WaveId id = 0; id < tree.next(); ++id) {
    masks_.push_back(mask_of(tree.type(id)));
    if (!tree.is_traced(id)) {
      continue;
    }
    Code& code = codes_[id];
    code.format = format_of(tree.type(id));
    for (WaveId rest = number++;; rest = rest / kLetters - 1) {
      code.text[code.size++] = static_cast<char>(kFirst + static_cast<char>(rest % kLetters));
      if (rest < kLetters) {
        break;
      }
    }
    code.text[code.size++] = '\n';
  }
  buffer_.resize(2 * kFlushed);
  write_header();
  flush();
}

VcdWriter::~VcdWriter() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
}

void VcdWriter::write_header() {
  std::string text = "$version airnn $end\n$timescale 1 ps $end\n";
  ScopeText scopes(text);
  for (const WavePath& path : tree_.traced_paths()) {
    const Code& code = codes_[path.id];
    scopes.enter(path.scope);
    text += declaration(path, tree_.type(path.id), std::string(code.text.data(), code.size - 1U));
  }
  scopes.enter("");
  put_text(text + "$enddefinitions $end\n");
}

void VcdWriter::set_all(WaveId first, const std::vector<std::int64_t>& values) {
  for (std::size_t begin = 0; begin < values.size(); begin += kTogether) {
    const std::size_t count = std::min(kTogether, values.size() - begin);
    const auto id = static_cast<WaveId>(first + begin);
    const std::int64_t* next = &values[begin];
    const std::uint64_t* shown = &values_[id];
    std::uint64_t changed = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const bool is_new = shown[i] != static_cast<std::uint64_t>(next[i]);
      changed |= std::uint64_t{is_new} << i;
    }
    for (; changed != 0; changed &= changed - 1) {
      const auto i = static_cast<WaveId>(__builtin_ctzll(changed));
      set_signed(id + i, next[i]);
    }
  }
}

void VcdWriter::set_real(WaveId id, double value) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  set(id, bits);
}

void VcdWriter::open() {
  begin_step();
  put_text("$dumpvars\n");
  for (WaveId id = 0; id < codes_.size(); ++id) {
    if (is_traced(id)) {
      put(id);
    }
  }
  put_text("$end\n");
  is_open_ = true;
}

void VcdWriter::begin_step() {
  reserve(32);
  char* to = buffer_.data() + used_;
  *to++ = '#';
  to = put_decimal(to, time_);
  *to++ = '\n';
  used_ = static_cast<std::size_t>(to - buffer_.data());
  is_step_begun_ = true;
}

/// Room for a step that is longer than any before; what is written stays whole steps.
void VcdWriter::reserve(std::size_t bytes) {
  if (buffer_.size() - used_ < bytes) {
    buffer_.resize(2 * buffer_.size() + bytes);
  }
}

VcdWriter::Format VcdWriter::format_of(const WaveType& type) {
  switch (type.kind) {
    case WaveKind::sum:
      return Format::integer;
    case WaveKind::real:
      return Format::real;
    case WaveKind::text:
      return Format::text;
    case WaveKind::bit:
    case WaveKind::number:
    case WaveKind::signed_number:
    case WaveKind::address:
    case WaveKind::state:
      break;
  }
  return type.width == 1 ? Format::bit : Format::bits;
}

void VcdWriter::put(WaveId id) {
  if (!is_step_begun_) {
    begin_step();
  }
  const Code& code = codes_[id];
  if (code.format == Format::text) {
    put_text("s" + escaped(texts_[id]) + " " + std::string(code.text.data(), code.size));
    return;
  }
  reserve(kLongestChange);
  char* to = buffer_.data() + used_;
  const std::uint64_t value = values_[id];
  switch (code.format) {
    case Format::bit:
      *to++ = value != 0 ? '1' : '0';
      break;
    case Format::integer:
      *to++ = 'r';
      to = put_signed(to, static_cast<std::int64_t>(value));
      *to++ = ' ';
      break;
    case Format::real: {
      double real = 0;
      std::memcpy(&real, &value, sizeof real);
      *to++ = 'r';
      to = std::to_chars(to, to + 32, real).ptr;
      *to++ = ' ';
      break;
    }
    case Format::bits:
    case Format::text:
      *to++ = 'b';
      to = put_bits(to, value);
      *to++ = ' ';
      break;
  }
  std::memcpy(to, &code, sizeof code);  // a fixed size is faster than the right one
  used_ = static_cast<std::size_t>(to + code.size - buffer_.data());
}

void VcdWriter::put_text(const std::string& text) {
  reserve(text.size());
  std::memcpy(buffer_.data() + used_, text.data(), text.size());
  used_ += text.size();
}

void VcdWriter::flush() {
  std::size_t done = 0;
  while (done < used_ && failure_.empty()) {
    const ssize_t count = ::write(descriptor_, buffer_.data() + done, used_ - done);
    if (count < 0 && errno != EINTR) {
      failure_ = path_ + ": cannot write it: " + std::strerror(errno);
      break;
    }
    done += static_cast<std::size_t>(count < 0 ? 0 : count);
  }
  used_ = 0;
  if (!failure_.empty()) {
    throw UserError(failure_);
  }
}

void VcdWriter::close() {
  flush();
  is_open_ = false;
}

}  // namespace airnn
