// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace airnn {

/// A place in a JSON document that knows where it is, so that a value of the wrong type is refused
/// with the file's name and a JSON pointer. Everything throws UserError. The document must live
/// longer.
class JsonNode {
 public:
  JsonNode(std::string file, const nlohmann::ordered_json& value);

  /// A key of an object; without it, at() throws and find() has nothing.
  JsonNode at(const std::string& key) const;
  std::optional<JsonNode> find(const std::string& key) const;
  /// The elements of an array.
  std::vector<JsonNode> items() const;
  /// Those of an object by their keys, in the order of the document.
  std::vector<std::pair<std::string, JsonNode>> members() const;

  bool is_null() const;
  bool is_text() const;
  std::string text() const;
  double number() const;
  bool boolean() const;
  int integer(int from, int to) const;
  /// A whole number from 0.
  std::uint64_t count() const;
  /// Which of the names the text is.
  std::size_t choice(const std::vector<std::string>& names) const;

  /// "FILE: POINTER: expected `expected`, found ..."
  [[noreturn]] void fail(const std::string& expected) const;
  /// "FILE: POINTER: `message`"
  [[noreturn]] void fail_with(const std::string& message) const;

 private:
  JsonNode child(const nlohmann::ordered_json& value, const std::string& name) const;

  std::string file_;
  std::string pointer_;
  const nlohmann::ordered_json* value_;
};

}  // namespace airnn
