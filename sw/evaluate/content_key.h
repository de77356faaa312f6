// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

struct XXH3_state_s;

namespace airnn {

/// A name for bytes, which come in pieces: equal bytes, equal name (128-bit XXH3).
class ByteKey {
 public:
  ByteKey();
  ~ByteKey();
  ByteKey(const ByteKey&) = delete;
  ByteKey& operator=(const ByteKey&) = delete;

  ByteKey& add(const void* bytes, std::size_t count);

  /// 32 hexadecimal digits.
  std::string text() const;

 private:
  XXH3_state_s* state_;
};

/// A name for a list of texts. Steps of an evaluation are stored under the name of all that decides
/// their result.
class ContentKey {
 public:
  /// Each text keeps its borders: "ab", "c" is not "a", "bc".
  ContentKey& add(const std::string& text);
  ContentKey& add(std::int64_t number) { return add(std::to_string(number)); }

  std::string text() const { return key_.text(); }

 private:
  ByteKey key_;
};

/// Name of a file's bytes, unpacked if it is gzipped. Throws DataError.
std::string file_key(const std::string& path);

}  // namespace airnn
