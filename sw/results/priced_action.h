// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "sw/results/action.h"

namespace airnn {

/// Which of several prices an action has, e.g. the name of a layer's multiplier or the width of a
/// link. Empty: the usual one. Letters, digits, '_', '-' and '.' (is_price_class()).
using PriceClass = std::string;

bool is_price_class(const std::string& name);

/// An action with one of its prices: what is counted, and what an energy table has a price of.
struct PricedAction {
  Action action = Action::multiplication;
  PriceClass price_class;

  /// In files: "multiplication", or "multiplication:bam_2_8" with a price class.
  std::string name() const;

  friend bool operator==(const PricedAction& a, const PricedAction& b) {
    return a.action == b.action && a.price_class == b.price_class;
  }
  friend bool operator!=(const PricedAction& a, const PricedAction& b) { return !(a == b); }
  /// As files have them: by action, the usual price first.
  friend bool operator<(const PricedAction& a, const PricedAction& b) {
    return std::tie(a.action, a.price_class) < std::tie(b.action, b.price_class);
  }
};

/// What has this name; nothing if nothing has.
std::optional<PricedAction> priced_action(const std::string& name);

/// What every machine counts, each with its usual price, in the order of files.
std::vector<PricedAction> usual_actions();
/// What a memory channel with rows adds.
std::vector<PricedAction> channel_actions();
/// What every machine counts and `more`, in the order of files, each once.
std::vector<PricedAction> usual_actions_and(std::vector<PricedAction> more);

}  // namespace airnn
