// SPDX-License-Identifier: Apache-2.0
#include "sw/results/priced_action.h"

#include <algorithm>

namespace airnn {

bool is_price_class(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  });
}

std::string PricedAction::name() const {
  const std::string usual = to_string(action);
  return price_class.empty() ? usual : usual + ":" + price_class;
}

std::optional<PricedAction> priced_action(const std::string& name) {
  const std::size_t colon = name.find(':');
  const auto row = std::find_if(
      kActionTable.begin(), kActionTable.end(),
      [usual = name.substr(0, colon)](const ActionRow& other) { return usual == other.name; });
  const PriceClass price_class = colon == std::string::npos ? "" : name.substr(colon + 1);
  if (row == kActionTable.end() || (colon != std::string::npos && !is_price_class(price_class))) {
    return std::nullopt;
  }
  return PricedAction{row->action, price_class};
}

std::vector<PricedAction> usual_actions() {
  std::vector<PricedAction> all;
  for (const ActionRow& row : kActionTable) {
    if (row.always) {
      all.push_back({row.action, {}});
    }
  }
  return all;
}

std::vector<PricedAction> channel_actions() {
  std::vector<PricedAction> all;
  for (const ActionRow& row : kActionTable) {
    if (row.group != ActionGroup::machine) {
      all.push_back({row.action, {}});
    }
  }
  return all;
}

std::vector<PricedAction> usual_actions_and(std::vector<PricedAction> more) {
  std::vector<PricedAction> all = usual_actions();
  all.insert(all.end(), more.begin(), more.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace airnn
