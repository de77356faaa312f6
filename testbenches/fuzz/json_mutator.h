// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <random>
#include <string>

namespace airnn::test {

/// Alters a document by its structure: values anywhere in it become others, are doubled, removed,
/// or put in the place of others. The same generator state gives the same result.
class JsonMutator {
 public:
  explicit JsonMutator(std::uint64_t seed) : random_(seed) {}

  std::string mutate_text(const std::string& text);
  /// Of the bytes of a document (CBOR).
  std::string mutate_cbor(const std::string& bytes);

 private:
  std::uint64_t below(std::uint64_t limit) { return random_() % limit; }
  nlohmann::json odd_value();
  /// A value somewhere in the document; every level is as likely to be the last.
  nlohmann::json& any(nlohmann::json& document);
  void alter_some(nlohmann::json& document);
  void alter(nlohmann::json& document);
  void alter_list(nlohmann::json& list);

  std::mt19937_64 random_;
};

}  // namespace airnn::test
