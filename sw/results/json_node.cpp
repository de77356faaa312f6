// SPDX-License-Identifier: Apache-2.0
#include "sw/results/json_node.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "sw/format/errors.h"

namespace airnn {

namespace {

constexpr std::size_t kLongestQuote = 60;

std::string described(const nlohmann::ordered_json& value) {
  const std::string text = value.dump();
  if (value.is_structured() || text.size() > kLongestQuote) {
    return fmt::format("{} {}", value.is_object() || value.is_array() ? "an" : "a",
                       value.type_name());
  }
  return text;
}

/// A key as part of a JSON pointer (RFC 6901).
std::string pointer_token(const std::string& key) {
  std::string token;
  for (const char c : key) {
    token += c == '~' ? std::string("~0") : c == '/' ? std::string("~1") : std::string(1, c);
  }
  return token;
}

}  // namespace

JsonNode::JsonNode(std::string file, const nlohmann::ordered_json& value)
    : file_(std::move(file)), value_(&value) {}

JsonNode JsonNode::at(const std::string& key) const {
  const std::optional<JsonNode> found = find(key);
  if (!found) {
    fail_with(fmt::format("expected a key \"{}\"", key));
  }
  return *found;
}

std::optional<JsonNode> JsonNode::find(const std::string& key) const {
  if (!value_->is_object()) {
    fail("an object");
  }
  const auto found = value_->find(key);
  if (found == value_->end()) {
    return std::nullopt;
  }
  return child(*found, key);
}

std::vector<JsonNode> JsonNode::items() const {
  if (!value_->is_array()) {
    fail("an array");
  }
  std::vector<JsonNode> nodes;
  nodes.reserve(value_->size());
  for (std::size_t i = 0; i < value_->size(); ++i) {
    nodes.push_back(child((*value_)[i], std::to_string(i)));
  }
  return nodes;
}

std::vector<std::pair<std::string, JsonNode>> JsonNode::members() const {
  if (!value_->is_object()) {
    fail("an object");
  }
  std::vector<std::pair<std::string, JsonNode>> nodes;
  for (const auto& [key, value] : value_->items()) {
    nodes.emplace_back(key, child(value, key));
  }
  return nodes;
}

bool JsonNode::is_null() const {
  return value_->is_null();
}

bool JsonNode::is_text() const {
  return value_->is_string();
}

std::string JsonNode::text() const {
  if (!is_text()) {
    fail("a string");
  }
  return value_->get<std::string>();
}

double JsonNode::number() const {
  if (!value_->is_number()) {
    fail("a number");
  }
  return value_->get<double>();
}

bool JsonNode::boolean() const {
  if (!value_->is_boolean()) {
    fail("true or false");
  }
  return value_->get<bool>();
}

int JsonNode::integer(int from, int to) const {
  const bool fits = value_->is_number_integer() && *value_ >= from && *value_ <= to;
  if (!fits) {
    fail(fmt::format("an integer {} .. {}", from, to));
  }
  return value_->get<int>();
}

std::uint64_t JsonNode::count() const {
  if (!value_->is_number_integer() || *value_ < 0) {
    fail("a count");
  }
  return value_->get<std::uint64_t>();
}

std::size_t JsonNode::choice(const std::vector<std::string>& names) const {
  const auto found = value_->is_string()
                         ? std::find(names.begin(), names.end(), value_->get<std::string>())
                         : names.end();
  if (found == names.end()) {
    fail(fmt::format("\"{}\"", fmt::join(names, "\" or \"")));
  }
  return static_cast<std::size_t>(found - names.begin());
}

void JsonNode::fail(const std::string& expected) const {
  fail_with(fmt::format("expected {}, found {}", expected, described(*value_)));
}

void JsonNode::fail_with(const std::string& message) const {
  throw UserError(
      fmt::format("{}: {}{}{}", file_, pointer_, pointer_.empty() ? "" : ": ", message));
}

JsonNode JsonNode::child(const nlohmann::ordered_json& value, const std::string& name) const {
  JsonNode node(file_, value);
  node.pointer_ = pointer_ + "/" + pointer_token(name);
  return node;
}

}  // namespace airnn
