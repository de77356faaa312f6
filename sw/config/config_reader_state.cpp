// SPDX-License-Identifier: Apache-2.0
#include "sw/config/config_reader_state.h"

#include <algorithm>

#include "sw/config/nearest_name.h"
#include "sw/format/errors.h"

namespace airnn {

bool ConfigReader::State::knows(const std::string& key) const {
  return std::find(known.begin(), known.end(), key) != known.end();
}

std::string ConfigReader::State::path_of(const std::string& key) const {
  return path.empty() ? key : path + "." + key;
}

std::string ConfigReader::State::element_path(const std::string& key, std::size_t index) const {
  return path_of(key) + "[" + std::to_string(index) + "]";
}

const ConfigEntry* ConfigReader::State::ask(const std::string& key) {
  if (!knows(key)) {
    known.push_back(key);
  }
  return node->find(key);
}

ConfigReader::State::Record* ConfigReader::State::recorded(const std::string& key) {
  const auto it = std::find_if(records.begin(), records.end(),
                               [&](const Record& record) { return record.key == key; });
  return it == records.end() ? nullptr : &*it;
}

ConfigReader::State::Child ConfigReader::State::open(const ConfigNode& value,
                                                     const ConfigPosition& written,
                                                     const std::string& name) const {
  if (value.kind != ConfigNode::Kind::mapping && value.kind != ConfigNode::Kind::null) {
    mistyped(value, name, "a mapping of keys to values");
  }
  auto child = std::make_shared<State>();
  child->node = std::shared_ptr<const ConfigNode>(node, &value);
  // The key's own line says more than that of the first key in it, unless that is another file.
  child->position = written.origin == value.position.origin ? written : value.position;
  child->path = name;
  return child;
}

void ConfigReader::State::missing(const std::string& key, const std::string& expected) const {
  std::vector<std::string> unread;
  for (const ConfigEntry& entry : node->entries) {
    if (!knows(entry.key)) {
      unread.push_back(entry.key);
    }
  }
  const std::string similar = nearest_name(key, unread);
  throw ConfigError(position.text() + ": key '" + key + "' is missing" + place() + "; expected " +
                    expected +
                    (similar.empty() ? ""
                                     : ", found the similar key " + quoted(similar) + " (" +
                                           node->find(similar)->position.text() + ")"));
}

void ConfigReader::State::mistyped(const ConfigNode& found, const std::string& name,
                                   const std::string& expected) const {
  throw ConfigError(found.position.text() + ": " + name + ": expected " + expected + ", found " +
                    (found.quoted ? "the text " : "") + found.description());
}

void ConfigReader::State::refuse_unknown() const {
  for (const ConfigEntry& entry : node->entries) {
    if (!knows(entry.key)) {
      throw ConfigError(entry.position.text() + ": unknown key " + quoted(entry.key) + place() +
                        did_you_mean(entry.key, known));
    }
  }
  for (const Record& record : records) {
    if (const auto* child = std::get_if<Child>(&record.what)) {
      (*child)->refuse_unknown();
    } else if (const auto* children = std::get_if<std::vector<Child>>(&record.what)) {
      for (const Child& one : *children) {
        one->refuse_unknown();
      }
    }
  }
}

ConfigTree ConfigReader::State::effective() const {
  ConfigTree::Mapping mapping;
  for (const Record& record : records) {
    ConfigTree tree;
    if (const auto* value = std::get_if<ConfigTree>(&record.what)) {
      tree = *value;
    } else if (const auto* child = std::get_if<Child>(&record.what)) {
      tree = (*child)->effective();
    } else {
      ConfigTree::List list;
      for (const Child& one : std::get<std::vector<Child>>(record.what)) {
        list.push_back(one->effective());
      }
      tree.value = std::move(list);
    }
    mapping.push_back({record.key, std::move(tree)});
  }
  return {std::move(mapping)};
}

}  // namespace airnn
