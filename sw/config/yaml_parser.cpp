// SPDX-License-Identifier: Apache-2.0
#include "sw/config/yaml_parser.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <map>
#include <optional>
#include <sstream>
#include <utility>

#include "sw/config/nesting_check.h"
#include "sw/format/errors.h"

namespace airnn {
namespace {

/// Builds the tree from the parser's events: only they still know of duplicate keys and aliases.
class TreeBuilder final : public YAML::EventHandler {
 public:
  explicit TreeBuilder(std::string origin) : origin_(std::move(origin)) {}

  ConfigNode take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    root_.position = at(mark);
    depth_.clear();
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    place(node(mark, ConfigNode::Kind::null));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    fail(mark, "YAML aliases are not supported; write the value out");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    ConfigNode scalar = node(mark, ConfigNode::Kind::scalar);
    scalar.scalar = value;
    scalar.quoted = tag == "!";
    place(std::move(scalar));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(mark, tag, anchor, ConfigNode::Kind::sequence);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(mark, tag, anchor, ConfigNode::Kind::mapping);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Level {
    ConfigNode node;
    std::optional<ConfigEntry> pending;  // the key whose value comes next
    std::map<std::string, int> lines;    // of the keys so far
  };

  ConfigPosition at(const YAML::Mark& mark) const { return {origin_, mark.line + 1}; }

  ConfigNode node(const YAML::Mark& mark, ConfigNode::Kind kind) const {
    ConfigNode result;
    result.kind = kind;
    result.position = at(mark);
    return result;
  }

  [[noreturn]] void fail(const YAML::Mark& mark, const std::string& what) const {
    throw ConfigError(at(mark).text() + ": " + what);
  }
  void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) const {
    if (anchor != 0) {
      fail(mark, "YAML anchors are not supported");
    }
  }
  void refuse_tag(const YAML::Mark& mark, const std::string& tag) const {
    // "?" is a plain node without tag, "!" a quoted scalar.
    if (!tag.empty() && tag != "?" && tag != "!") {
      fail(mark, "YAML tag " + quoted(tag) + " is not supported");
    }
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            ConfigNode::Kind kind) {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    if (expects_key()) {
      fail(mark, "a key must be a plain name");
    }
    if (depth_.size() == kMostNested) {
      fail(mark,
           "more than " + std::to_string(kMostNested) + " lists and mappings lie in each other");
    }
    depth_.push_back({node(mark, kind), std::nullopt, {}});
  }
  void close() {
    ConfigNode finished = std::move(depth_.back().node);
    depth_.pop_back();
    place(std::move(finished));
  }

  bool expects_key() const {
    return !depth_.empty() && depth_.back().node.kind == ConfigNode::Kind::mapping &&
           !depth_.back().pending;
  }

  void place(ConfigNode value) {
    if (depth_.empty()) {
      root_ = std::move(value);
    } else if (expects_key()) {
      take_key(value);
    } else if (depth_.back().node.kind == ConfigNode::Kind::sequence) {
      depth_.back().node.items.push_back(std::move(value));
    } else {
      Level& level = depth_.back();
      if (value.kind == ConfigNode::Kind::null) {
        value.position = level.pending->position;  // the parser reports the token behind it
      }
      level.pending->value = std::move(value);
      level.node.entries.push_back(std::move(*level.pending));
      level.pending.reset();
    }
  }

  void take_key(const ConfigNode& key) {
    if (key.kind != ConfigNode::Kind::scalar || key.scalar.empty()) {
      throw ConfigError(key.position.text() + ": a key must be a plain name");
    }
    Level& level = depth_.back();
    const auto [first, is_new] = level.lines.emplace(key.scalar, key.position.line);
    if (!is_new) {
      throw ConfigError(key.position.text() + ": key " + quoted(key.scalar) +
                        " stands twice in one mapping, first in line " +
                        std::to_string(first->second));
    }
    level.pending = ConfigEntry{key.scalar, key.position, {}};
  }

  const std::string origin_;
  ConfigNode root_;
  std::vector<Level> depth_;
};

}  // namespace

ConfigNode parse_yaml(const std::string& text, const std::string& origin) {
  check_nesting(text, origin);
  // yaml-cpp takes the end of the text for the end of an unclosed quoted scalar if a line break
  // comes before it; without one it complains.
  std::istringstream stream(text.substr(0, text.find_last_not_of(" \t\r\n") + 1));
  TreeBuilder builder(origin);
  try {
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder)) {
      ConfigNode empty;
      empty.position = {origin, 1};
      return empty;
    }
    ConfigNode root = builder.take();
    if (parser.HandleNextDocument(builder)) {
      throw ConfigError(builder.take().position.text() +
                        ": a second YAML document begins; one is expected");
    }
    return root;
  } catch (const YAML::Exception& error) {
    throw ConfigError(ConfigPosition{origin, error.mark.line + 1}.text() +
                      ": malformed YAML: " + error.msg);
  }
}

}  // namespace airnn
