// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/content_key.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <limits>
#include <new>

#include "sw/data/data_file.h"

namespace airnn {

namespace {

std::string hex(const XXH128_hash_t& hash) {
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

}  // namespace

ContentKey::ContentKey() : state_(XXH3_createState()) {
  if (state_ == nullptr) {
    throw std::bad_alloc();
  }
  XXH3_128bits_reset(state_);
}

ContentKey::~ContentKey() {
  XXH3_freeState(state_);
}

ContentKey& ContentKey::add(const std::string& text) {
  const std::string length = std::to_string(text.size()) + ":";
  XXH3_128bits_update(state_, length.data(), length.size());
  XXH3_128bits_update(state_, text.data(), text.size());
  return *this;
}

std::string ContentKey::text() const {
  return hex(XXH3_128bits_digest(state_));
}

std::string file_key(const std::string& path) {
  DataFile file(path);
  const std::vector<std::uint8_t> bytes = file.read(std::numeric_limits<std::uint64_t>::max());
  return hex(XXH3_128bits(bytes.data(), bytes.size()));
}

}  // namespace airnn
