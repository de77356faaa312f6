// SPDX-License-Identifier: Apache-2.0
#include "testbenches/fuzz/byte_mutator.h"

#include <zlib.h>

#include <algorithm>
#include <stdexcept>

namespace airnn::test {

namespace {

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         c == '.' || c == '-' || c == '+';
}

/// The word around a place; empty if there is none.
std::pair<std::size_t, std::size_t> word_at(const std::string& text, std::size_t at) {
  while (at < text.size() && !is_word(text[at])) {
    ++at;
  }
  std::size_t begin = at;
  while (begin > 0 && is_word(text[begin - 1])) {
    --begin;
  }
  std::size_t end = at;
  while (end < text.size() && is_word(text[end])) {
    ++end;
  }
  return {begin, end - begin};
}

/// The line around a place, with its end.
std::pair<std::size_t, std::size_t> line_at(const std::string& text, std::size_t at) {
  const std::size_t before = at == 0 ? std::string::npos : text.rfind('\n', at - 1);
  const std::size_t begin = before == std::string::npos ? 0 : before + 1;
  const std::size_t end = text.find('\n', at);
  return {begin, (end == std::string::npos ? text.size() : end + 1) - begin};
}

}  // namespace

std::string ByteMutator::mutate_bytes(std::string bytes, const std::vector<std::string>& seeds) {
  for (std::uint64_t n = 1 + below(4); n > 0; --n) {
    alter_bytes(bytes, seeds[below(seeds.size())]);
  }
  return bytes;
}

std::string ByteMutator::mutate_text(std::string text, const std::vector<std::string>& seeds) {
  for (std::uint64_t n = 1 + below(4); n > 0; --n) {
    const std::string& other = seeds[below(seeds.size())];
    if (below(4) == 0) {
      alter_bytes(text, other);
    } else {
      alter_text(text, other);
    }
  }
  return text;
}

void ByteMutator::alter_bytes(std::string& bytes, const std::string& other) {
  if (bytes.empty()) {
    bytes = other.substr(0, below(other.size() + 1));
    return;
  }
  const std::size_t at = below(bytes.size());
  switch (below(6)) {
    case 0:
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
      break;
    case 1:
      bytes[at] = static_cast<char>(random_());
      break;
    case 2: {  // a number of 1 to 8 bytes, in either order
      static const std::vector<std::uint64_t> numbers = {0,
                                                         1,
                                                         0x7F,
                                                         0x80,
                                                         0xFF,
                                                         0x7FFF,
                                                         0x8000,
                                                         0xFFFF,
                                                         0x7FFFFFFF,
                                                         0x80000000,
                                                         0xFFFFFFFF,
                                                         0x7FFFFFFFFFFFFFFF,
                                                         0x8000000000000000,
                                                         0xFFFFFFFFFFFFFFFF};
      const std::uint64_t number = numbers[below(numbers.size())];
      const std::size_t width =
          std::min<std::size_t>(std::size_t{1} << below(4), bytes.size() - at);
      const bool little = below(2) == 0;
      for (std::size_t i = 0; i < width; ++i) {
        bytes[at + i] = static_cast<char>(number >> (8 * (little ? i : width - 1 - i)));
      }
      break;
    }
    default:
      alter_piece(bytes, other);
  }
}

void ByteMutator::alter_piece(std::string& bytes, const std::string& other) {
  const std::size_t at = below(bytes.size());
  const std::size_t size = below(std::min<std::size_t>(bytes.size() - at, 64)) + 1;
  switch (below(5)) {
    case 0:
      bytes.erase(at, size);
      break;
    case 1:
      bytes.insert(below(bytes.size() + 1), bytes.substr(at, size));
      break;
    case 2:
      bytes.resize(at);
      break;
    case 3:
      bytes.append(below(64) + 1, static_cast<char>(random_()));
      break;
    default:
      if (!other.empty()) {
        const std::size_t from = below(other.size());
        bytes.replace(at, size, other.substr(from, below(128) + 1));
      }
  }
}

std::string ByteMutator::odd_word() {
  static const std::vector<std::string> words = {"",
                                                 "0",
                                                 "-1",
                                                 "1e308",
                                                 "1e-320",
                                                 "nan",
                                                 ".inf",
                                                 "-.inf",
                                                 "true",
                                                 "null",
                                                 "~",
                                                 "[]",
                                                 "{}",
                                                 "[1, 2",
                                                 "{a: 1}",
                                                 "*a",
                                                 "&a x",
                                                 "!!binary x",
                                                 "|",
                                                 ">",
                                                 "\"",
                                                 "'",
                                                 "---",
                                                 "...",
                                                 "- ",
                                                 ": ",
                                                 "#",
                                                 "\t",
                                                 "?",
                                                 "0x10",
                                                 "0o7",
                                                 "1_000",
                                                 "9223372036854775807",
                                                 "9223372036854775808",
                                                 "-9223372036854775808",
                                                 "18446744073709551616",
                                                 "2147483648",
                                                 "4294967296",
                                                 "65536",
                                                 "99999",
                                                 "0.0000001",
                                                 "1e9",
                                                 "\xFF\xFE",
                                                 "\xC3\x28",
                                                 "../x",
                                                 "/dev/null",
                                                 "/",
                                                 ".",
                                                 "=1+1",
                                                 "\\u0000",
                                                 "\"\\ud800\"",
                                                 "<<",
                                                 "1,2",
                                                 ",",
                                                 ";",
                                                 "\r\n",
                                                 std::string(1, '\0'),
                                                 std::string(3000, 'a'),
                                                 std::string(200, '['),
                                                 std::string(200, '{')};
  return words[below(words.size())];
}

void ByteMutator::alter_text(std::string& text, const std::string& other) {
  const auto [begin, size] =
      below(3) == 0 ? line_at(text, below(text.size() + 1)) : word_at(text, below(text.size() + 1));
  switch (below(6)) {
    case 0:
      text.erase(begin, size);
      break;
    case 1:
      text.insert(begin, text.substr(begin, size));
      break;
    case 2:
    case 3:
      text.replace(begin, size, odd_word());
      break;
    case 4: {
      const auto [from, count] = below(2) == 0 ? line_at(other, below(other.size() + 1))
                                               : word_at(other, below(other.size() + 1));
      text.replace(begin, size, other.substr(from, count));
      break;
    }
    default:
      text.insert(begin, below(2) == 0 ? "  " : "\n");
  }
}

std::string gzipped(const std::string& bytes) {
  z_stream stream{};
  if (deflateInit2(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("zlib does not begin");
  }
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

}  // namespace airnn::test
