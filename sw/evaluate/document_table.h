// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace airnn {

/// A table of evaluation.json (docs/evaluation.md).
class DocumentTable {
 public:
  explicit DocumentTable(std::string title, std::string note = "")
      : title_(std::move(title)), note_(std::move(note)) {}

  DocumentTable& text(const std::string& label);
  /// With so many decimals; -1: as many as four significant digits need.
  DocumentTable& number(const std::string& label, int decimals = -1, const std::string& unit = "");
  /// A yes or a no.
  DocumentTable& mark(const std::string& label);

  /// What the table says, in one sentence.
  DocumentTable& headline(std::string sentence);
  /// The table is for those who want to know exactly.
  DocumentTable& detail();
  /// One cell per column.
  void add_row(std::vector<nlohmann::ordered_json> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const { return rows_.empty(); }
  std::size_t size() const { return rows_.size(); }
  nlohmann::ordered_json json() const;

 private:
  DocumentTable& column(const std::string& label, const char* type, int decimals,
                        const std::string& unit);

  std::string title_;
  std::string note_;
  std::string headline_;
  bool detail_ = false;
  nlohmann::ordered_json columns_ = nlohmann::ordered_json::array();
  std::vector<std::vector<nlohmann::ordered_json>> rows_;
};

/// Null if there is none.
nlohmann::ordered_json cell(const std::optional<double>& number);

}  // namespace airnn
