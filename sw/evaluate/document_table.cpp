// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/document_table.h"

namespace airnn {

namespace {

using Json = nlohmann::ordered_json;

}  // namespace

DocumentTable& DocumentTable::text(const std::string& label) {
  return column(label, "text", -1, "");
}

DocumentTable& DocumentTable::number(const std::string& label, int decimals,
                                     const std::string& unit) {
  return column(label, "number", decimals, unit);
}

DocumentTable& DocumentTable::mark(const std::string& label) {
  return column(label, "mark", -1, "");
}

DocumentTable& DocumentTable::column(const std::string& label, const char* type, int decimals,
                                     const std::string& unit) {
  columns_.push_back({{"label", label},
                      {"type", type},
                      {"unit", unit},
                      {"digits", decimals < 0 ? Json() : Json(decimals)}});
  return *this;
}

DocumentTable& DocumentTable::headline(std::string sentence) {
  headline_ = std::move(sentence);
  return *this;
}

DocumentTable& DocumentTable::detail() {
  detail_ = true;
  return *this;
}

Json DocumentTable::json() const {
  Json json = {{"title", title_},
               {"headline", headline_},
               {"note", note_},
               {"columns", columns_},
               {"rows", rows_}};
  if (detail_) {
    json["detail"] = true;
  }
  return json;
}

Json cell(const std::optional<double>& number) {
  return number ? Json(*number) : Json();
}

}  // namespace airnn
