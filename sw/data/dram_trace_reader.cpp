// SPDX-License-Identifier: Apache-2.0
#include "sw/data/dram_trace_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "sw/format/shown_text.h"

namespace airnn {

namespace {

constexpr std::size_t kBlock = std::size_t{1} << 20;
constexpr std::size_t kLongestLine = std::size_t{1} << 16;
constexpr std::ptrdiff_t kArrivalDigits = 18;
constexpr std::ptrdiff_t kAddressDigits = 16;
constexpr std::size_t kShown = 40;  ///< characters of a wrong field that a message repeats

constexpr std::uint8_t kNoDigit = 16;

constexpr std::array<std::uint8_t, 256> hex_values() {
  std::array<std::uint8_t, 256> values{};
  for (std::size_t c = 0; c < values.size(); ++c) {
    values[c] = kNoDigit;
  }
  for (std::uint8_t i = 0; i < 10; ++i) {
    values[std::size_t{'0'} + i] = i;
  }
  for (std::uint8_t i = 0; i < 6; ++i) {
    values[std::size_t{'a'} + i] = static_cast<std::uint8_t>(10 + i);
    values[std::size_t{'A'} + i] = static_cast<std::uint8_t>(10 + i);
  }
  return values;
}
constexpr std::array<std::uint8_t, 256> kHexValues = hex_values();

std::uint8_t hex_value(char c) {
  return kHexValues[static_cast<unsigned char>(c)];
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

const char* line_end(const char* p, const char* lines_end) {
  return static_cast<const char*>(std::memchr(p, '\n', static_cast<std::size_t>(lines_end - p)));
}

const char* skip_blanks(const char* p) {
  while (is_blank(*p)) {
    ++p;
  }
  return p;
}

/// Reads the fields of one line and returns what follows them, or null if they are not as they
/// should be. Stops at the line break in any case, which saves looking for the end of the buffer.
const char* parse_fields(const char* p, TraceRequest& request) {
  std::uint64_t arrival = 0;
  const char* begin = p;
  for (unsigned digit; (digit = static_cast<unsigned>(*p) - '0') < 10; ++p) {
    arrival = arrival * 10 + digit;
  }
  if (p == begin || p - begin > kArrivalDigits || !is_blank(*p)) {
    return nullptr;
  }
  p = skip_blanks(p);
  const char letter = *p;
  if ((letter != 'R' && letter != 'W') || !is_blank(p[1])) {
    return nullptr;
  }
  p = skip_blanks(p + 1);
  if (p[0] == '0' && (p[1] == 'x' || p[1] == 'X')) {
    p += 2;
  }
  std::uint64_t address = 0;
  begin = p;
  for (std::uint8_t digit; (digit = hex_value(*p)) != kNoDigit; ++p) {
    address = address << 4 | digit;
  }
  if (p == begin || p - begin > kAddressDigits) {
    return nullptr;
  }
  request.arrival = arrival;
  request.address = address;
  request.is_write = letter == 'W';
  return skip_blanks(p);
}

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> fields;
  const auto blank = [](char c) { return is_blank(c); };
  for (const char *p = line.data(), *end = p + line.size(); p != end;) {
    const char* begin = std::find_if_not(p, end, blank);
    p = std::find_if(begin, end, blank);
    if (p != begin) {
      fields.emplace_back(begin, static_cast<std::size_t>(p - begin));
    }
  }
  return fields;
}

std::string quoted(std::string_view field) {
  return "'" + shown(field, kShown) + "'";
}

bool only(const char* characters, std::string_view text) {
  return !text.empty() && text.find_first_not_of(characters) == std::string_view::npos;
}

/// What is wrong with a line that cannot be taken.
std::string complaint(std::string_view line, std::uint64_t last_arrival, std::uint64_t capacity) {
  if (line.size() > kLongestLine) {
    return fmt::format("longer than {} characters", kLongestLine);
  }
  const std::vector<std::string_view> fields = fields_of(line);
  if (fields.size() != 3) {
    return fmt::format("{}: {} fields; expected 3: arrival in tCK, R or W, address in hexadecimal",
                       quoted(line.substr(0, line.find_last_not_of("\r") + 1)), fields.size());
  }
  if (!only("0123456789", fields[0])) {
    return fmt::format("arrival {}; expected a number of tCK", quoted(fields[0]));
  }
  if (static_cast<std::ptrdiff_t>(fields[0].size()) > kArrivalDigits) {
    return fmt::format("arrival {}; expected at most {} digits", quoted(fields[0]), kArrivalDigits);
  }
  if (fields[1] != "R" && fields[1] != "W") {
    return fmt::format("{}; expected R or W", quoted(fields[1]));
  }
  std::string_view digits = fields[2];
  if (digits.substr(0, 2) == "0x" || digits.substr(0, 2) == "0X") {
    digits.remove_prefix(2);
  }
  if (!only("0123456789abcdefABCDEF", digits)) {
    return fmt::format("address {}; expected a hexadecimal number", quoted(fields[2]));
  }
  const std::uint64_t arrival = std::stoull(std::string(fields[0]));
  if (arrival < last_arrival) {
    return fmt::format("arrival {} comes after {}; expected arrivals that do not descend", arrival,
                       last_arrival);
  }
  return fmt::format("address {}; expected one below {:#x}, the capacity of the memory",
                     quoted(fields[2]), capacity);
}

}  // namespace

DramTraceReader::DramTraceReader(const std::string& path, std::uint64_t capacity_bytes)
    : file_(path),
      capacity_bytes_(capacity_bytes),
      buffer_(kLongestLine + kBlock + 1) {}  // the line break that the last line may lack

bool DramTraceReader::next(TraceRequest& request) {
  while (at_ < lines_end_ || refill()) {
    const char* const line = buffer_.data() + at_;
    const char* const lines_end = buffer_.data() + lines_end_;
    ++line_;
    const char* p = skip_blanks(line);
    const bool is_request = *p != '\n' && *p != '#';
    if (is_request) {
      p = parse_fields(p, request);
    } else {
      p = line_end(p, lines_end);
    }
    const bool is_whole =
        p != nullptr && *p == '\n' && static_cast<std::size_t>(p - line) <= kLongestLine;
    if (!is_whole ||
        (is_request && (request.arrival < last_arrival_ || request.address >= capacity_bytes_))) {
      refuse(line, line_end(line, lines_end));
    }
    at_ = static_cast<std::size_t>(p + 1 - buffer_.data());
    if (is_request) {
      last_arrival_ = request.arrival;
      return true;
    }
  }
  return false;
}

/// Moves the beginning of a line to the front of the buffer and reads on until there is a whole
/// one.
bool DramTraceReader::refill() {
  const std::size_t rest = filled_ - lines_end_;
  std::memmove(buffer_.data(), buffer_.data() + lines_end_, rest);
  at_ = 0;
  filled_ = rest;
  lines_end_ = 0;
  while (lines_end_ == 0) {
    if (filled_ > kLongestLine) {
      ++line_;
      refuse(buffer_.data(), buffer_.data() + filled_);
    }
    const std::size_t got =
        file_.read_into(reinterpret_cast<std::uint8_t*>(buffer_.data()) + filled_, kBlock);
    const std::size_t searched = filled_;
    filled_ += got;
    if (got == 0) {
      if (filled_ == 0) {
        return false;
      }
      buffer_[filled_++] = '\n';
    }
    const std::string_view added(buffer_.data() + searched, filled_ - searched);
    const std::size_t last_break = added.rfind('\n');
    if (last_break != std::string_view::npos) {
      lines_end_ = searched + last_break + 1;
    }
  }
  return true;
}

void DramTraceReader::refuse(const char* line, const char* end) const {
  const std::string_view text(line, static_cast<std::size_t>(end - line));
  file_.fail(fmt::format("line {}: {}", line_, complaint(text, last_arrival_, capacity_bytes_)));
}

}  // namespace airnn
