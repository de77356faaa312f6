// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

struct XXH3_state_s;

namespace airnn {

/// A name for whatever was put into it: equal contents, equal name (128-bit XXH3). Steps of an
/// evaluation are stored under the name of all that decides their result.
class ContentKey {
 public:
  ContentKey();
  ~ContentKey();
  ContentKey(const ContentKey&) = delete;
  ContentKey& operator=(const ContentKey&) = delete;

  /// Each text keeps its borders: "ab", "c" is not "a", "bc".
  ContentKey& add(const std::string& text);
  ContentKey& add(std::int64_t number) { return add(std::to_string(number)); }

  /// 32 hexadecimal digits.
  std::string text() const;

 private:
  XXH3_state_s* state_;
};

/// Name of a file's bytes. Throws DataError.
std::string file_key(const std::string& path);

}  // namespace airnn
