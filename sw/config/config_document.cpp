// SPDX-License-Identifier: Apache-2.0
#include "sw/config/config_document.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "sw/config/config_file.h"
#include "sw/config/scalar_parser.h"
#include "sw/config/yaml_parser.h"
#include "sw/format/errors.h"

namespace airnn {
namespace {

const char* const kFileKey = "file";

/// `changes` over `base`: mappings are joined key by key, anything else is replaced.
void merge(ConfigNode& base, const ConfigNode& changes) {
  for (const ConfigEntry& change : changes.entries) {
    ConfigEntry* existing = base.find(change.key);
    if (existing == nullptr) {
      base.entries.push_back(change);
    } else if (existing->value.kind == ConfigNode::Kind::mapping &&
               change.value.kind == ConfigNode::Kind::mapping) {
      merge(existing->value, change.value);
    } else {
      *existing = change;
    }
  }
}

/// Names of layers may have dots, their keys have none.
constexpr const char* kNamedByUsers = "layers";

std::vector<std::string> split_path(const std::string& path, const std::string& option) {
  std::vector<std::string> keys;
  std::size_t begin = 0;
  while (true) {
    const std::size_t next = path.find('.', begin);
    const bool is_name = !keys.empty() && keys.back() == kNamedByUsers;
    const std::size_t dot = is_name && next != std::string::npos ? path.rfind('.') : next;
    keys.push_back(path.substr(begin, dot - begin));
    if (keys.back().empty()) {
      throw ConfigError(option + ": expected key=value with a key such as accelerator.lanes");
    }
    if (dot == std::string::npos) {
      return keys;
    }
    begin = dot + 1;
  }
}

/// The values of an option are all written in that option, whatever line of it.
void relocate(ConfigNode& node, const ConfigPosition& position) {
  node.position = position;
  for (ConfigNode& item : node.items) {
    relocate(item, position);
  }
  for (ConfigEntry& entry : node.entries) {
    entry.position = position;
    relocate(entry.value, position);
  }
}

/// The node `key` of `parent`; a mapping grows it, a list must have it.
ConfigNode& step_into(ConfigNode& parent, const std::string& key, const ConfigPosition& position) {
  if (parent.kind == ConfigNode::Kind::sequence) {
    const auto index = parse_integer(key);
    const auto size = static_cast<std::int64_t>(parent.items.size());
    if (!index || *index < 0 || *index >= size) {
      throw ConfigError(position.text() + ": expected the number of a list element from 0 to " +
                        std::to_string(size - 1) + " (" + parent.position.text() + "), found " +
                        quoted(key));
    }
    return parent.items[static_cast<std::size_t>(*index)];
  }
  if (parent.kind == ConfigNode::Kind::scalar) {
    throw ConfigError(position.text() + ": " + quoted(key) +
                      " cannot be set, because the key above" + " it has the single value " +
                      parent.description() + " (" + parent.position.text() + ")");
  }
  parent.kind = ConfigNode::Kind::mapping;
  ConfigEntry* entry = parent.find(key);
  if (entry == nullptr) {
    parent.entries.push_back({key, position, {}});
    entry = &parent.entries.back();
    entry->value.position = position;
  }
  return entry->value;
}

}  // namespace

ConfigDocument::ConfigDocument(ConfigNode root, std::vector<std::string> composed)
    : root_(as_mapping(std::move(root))), composed_(std::move(composed)) {
  for (const std::string& key : composed_) {
    ConfigEntry* entry = root_.find(key);
    if (entry != nullptr) {
      compose(*entry);
    }
  }
}

ConfigDocument ConfigDocument::load(const std::string& path, std::vector<std::string> composed) {
  return {load_mapping(path, ""), std::move(composed)};
}

ConfigDocument ConfigDocument::from_text(const std::string& text, const std::string& origin,
                                         std::vector<std::string> composed) {
  return {parse_yaml(text, origin), std::move(composed)};
}

void ConfigDocument::compose(ConfigEntry& entry) const {
  ConfigNode changes;
  ConfigNode file = entry.value;
  if (entry.value.kind == ConfigNode::Kind::mapping) {
    const ConfigEntry* named = entry.value.find(kFileKey);
    if (named == nullptr) {
      return;  // written out in place
    }
    file = named->value;
    changes = entry.value;
    changes.entries.erase(changes.entries.begin() + (named - entry.value.entries.data()));
  }
  if (file.kind != ConfigNode::Kind::scalar) {
    throw ConfigError(file.position.text() + ": " + entry.key +
                      ": expected the name of a YAML file or a mapping, found " +
                      file.description());
  }
  const std::string named_at = file.position.text() + ": " + entry.key;
  entry.value = load_mapping(resolve_path(file.scalar, file.position), named_at);
  merge(entry.value, changes);
}

void ConfigDocument::set(const ConfigAssignment& written) {
  const std::string& assignment = written.text;
  const std::size_t equals = assignment.find('=');
  const std::string path = assignment.substr(0, equals);
  const ConfigPosition position =
      written.position.origin.empty() ? ConfigPosition{"--set " + path, 0} : written.position;
  if (equals == std::string::npos) {
    throw ConfigError(position.text() + ": expected key=value");
  }
  const std::vector<std::string> keys = split_path(path, position.text());
  ConfigNode value = parse_yaml(assignment.substr(equals + 1), position.text());
  if (value.kind == ConfigNode::Kind::mapping) {
    throw ConfigError(position.text() + ": expected a single value or a list, found a mapping");
  }
  relocate(value, position);

  ConfigNode* node = &root_;
  for (const std::string& key : keys) {
    node = &step_into(*node, key, position);
  }
  *node = std::move(value);
  ConfigEntry& top = *root_.find(keys.front());
  const bool is_composed =
      std::find(composed_.begin(), composed_.end(), top.key) != composed_.end();
  if (keys.size() == 1) {
    top.position = position;
    if (is_composed) {
      compose(top);
    }
  }
}

ConfigReader ConfigDocument::reader() const {
  return ConfigReader(std::make_shared<const ConfigNode>(root_));
}

}  // namespace airnn
