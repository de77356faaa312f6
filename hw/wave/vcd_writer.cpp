// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/vcd_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

#include "hw/wave/eight_bits.h"
#include "hw/wave/scope_walk.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

/// Without leading zeros, which a reader adds again.
char* put_bits(char* to, std::uint64_t value) {
  const unsigned digits = 64U - static_cast<unsigned>(__builtin_clzll(value | 1));
  value <<= 64 - digits;
  for (unsigned byte = 0; byte < 4; ++byte) {  // a fixed number is faster than the right one
    std::memcpy(to + 8 * byte, kEightBits[value >> (56 - 8 * byte) & 0xFF].text, 8);
  }
  for (unsigned byte = 4; 8 * byte < digits; ++byte) {
    std::memcpy(to + 8 * byte, kEightBits[value >> (56 - 8 * byte) & 0xFF].text, 8);
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

}  // namespace

VcdWriter::VcdWriter(const WaveTree& tree, const std::string& path)
    : WaveWriter(tree), path_(path), codes_(tree.next()) {
  descriptor_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor_ < 0) {
    throw UserError(path_ + ": cannot create it: " + std::strerror(errno));
  }
  constexpr char kFirst = '!';
  constexpr unsigned kLetters = '~' - kFirst + 1;
  WaveId number = 0;
  for (WaveId id = 0; id < tree.next(); ++id) {
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
  ScopeWalk scopes(
      [&text] { text += "$upscope $end\n"; },
      [&text](const std::string& part) { text += "$scope module " + part + " $end\n"; });
  for (const WavePath& path : tree().traced_paths()) {
    const Code& code = codes_[path.id];
    scopes.enter(path.scope);
    text += declaration(path, tree().type(path.id), std::string(code.text.data(), code.size - 1U));
  }
  scopes.enter("");
  put_text(text + "$enddefinitions $end\n");
}

void VcdWriter::begin_values() {
  put_text("$dumpvars\n");
}

void VcdWriter::end_values() {
  put_text("$end\n");
}

void VcdWriter::begin_step() {
  reserve(32);
  char* to = buffer_.data() + used_;
  *to++ = '#';
  to = put_decimal(to, time());
  *to++ = '\n';
  used_ = static_cast<std::size_t>(to - buffer_.data());
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

void VcdWriter::put_value(WaveId id) {
  const Code& code = codes_[id];
  if (code.format == Format::text) {
    put_text("s" + escaped(text(id)) + " " + std::string(code.text.data(), code.size));
    return;
  }
  reserve(kLongestChange);
  char* to = buffer_.data() + used_;
  const std::uint64_t value = this->value(id);
  switch (code.format) {
    case Format::bit:
      *to++ = value != 0 ? '1' : '0';
      break;
    case Format::integer:
      *to++ = 'r';
      to = put_signed(to, static_cast<std::int64_t>(value));
      *to++ = ' ';
      break;
    case Format::real:
      *to++ = 'r';
      to = std::to_chars(to, to + 32, real(id)).ptr;
      *to++ = ' ';
      break;
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

void VcdWriter::end_file() {
  flush();
}

}  // namespace airnn
