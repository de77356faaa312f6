// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/content_key.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <new>
#include <vector>

#include "sw/data/data_file.h"

namespace airnn {

ByteKey::ByteKey() : state_(XXH3_createState()) {
  if (state_ == nullptr) {
    throw std::bad_alloc();
  }
  XXH3_128bits_reset(state_);
}

ByteKey::~ByteKey() {
  XXH3_freeState(state_);
}

ByteKey& ByteKey::add(const void* bytes, std::size_t count) {
  XXH3_128bits_update(state_, bytes, count);
  return *this;
}

std::string ByteKey::text() const {
  const XXH128_hash_t hash = XXH3_128bits_digest(state_);
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

ContentKey& ContentKey::add(const std::string& text) {
  const std::string length = std::to_string(text.size()) + ":";
  key_.add(length.data(), length.size()).add(text.data(), text.size());
  return *this;
}

std::string file_key(const std::string& path) {
  const std::vector<std::uint8_t> bytes = DataFile(path).read_all();
  return ByteKey().add(bytes.data(), bytes.size()).text();
}

}  // namespace airnn
