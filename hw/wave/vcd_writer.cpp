// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/vcd_writer.h"

#include <fcntl.h>
#include <unistd.h>

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
  char* byte = to;
  for (unsigned done = 0; done < digits; done += 8) {
    std::memcpy(byte, kBits[value >> 56].text, 8);
    byte += 8;
    value <<= 8;
  }
  return to + digits;
}

struct FourDigits {
  char text[4];
};

constexpr unsigned kGroup = 10000;

constexpr std::array<FourDigits, kGroup> make_digits() {
  std::array<FourDigits, kGroup> all{};
  for (unsigned number = 0; number < kGroup; ++number) {
    all[number] = {
        {static_cast<char>('0' + number / 1000), static_cast<char>('0' + number / 100 % 10),
         static_cast<char>('0' + number / 10 % 10), static_cast<char>('0' + number % 10)}};
  }
  return all;
}

constexpr std::array<FourDigits, kGroup> kDigits = make_digits();

/// As std::to_chars, in half the time.
char* put_decimal(char* to, std::uint64_t value) {
  unsigned groups[5];
  unsigned count = 0;
  do {
    groups[count++] = static_cast<unsigned>(value % kGroup);
    value /= kGroup;
  } while (value != 0);
  const unsigned first = groups[--count];
  const unsigned zeros = first >= 1000 ? 0 : first >= 100 ? 1 : first >= 10 ? 2 : 3;
  std::uint32_t digits = 0;  // the first in the lowest byte
  std::memcpy(&digits, kDigits[first].text, sizeof digits);
  digits >>= 8 * zeros;
  std::memcpy(to, &digits, sizeof digits);
  to += sizeof digits - zeros;
  while (count > 0) {
    std::memcpy(to, kDigits[groups[--count]].text, sizeof(FourDigits));
    to += sizeof(FourDigits);
  }
  return to;
}

char* put_signed(char* to, std::int64_t value) {
  auto size = static_cast<std::uint64_t>(value);
  if (value < 0) {
    *to++ = '-';
    size = ~size + 1;
  }
  return put_decimal(to, size);
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
  constexpr std::size_t kTogether = 8;
  std::size_t begin = 0;
  for (; begin + kTogether <= values.size(); begin += kTogether) {
    const std::int64_t* next = values.data() + begin;
    const std::uint64_t* shown = values_.data() + first + begin;
    std::uint64_t changed = 0;
    for (std::size_t i = 0; i < kTogether; ++i) {
      changed |= shown[i] ^ static_cast<std::uint64_t>(next[i]);
    }
    for (std::size_t i = 0; i < kTogether && changed != 0; ++i) {
      set_signed(static_cast<WaveId>(first + begin + i), next[i]);
    }
  }
  for (; begin < values.size(); ++begin) {
    set_signed(static_cast<WaveId>(first + begin), values[begin]);
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
