// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sw/results/counts.h"

namespace airnn {

/// Whether an energy table has a price of the action, for a memory with or without prices of its
/// own (PricedBy).
bool is_priced_by_table(Action action, bool has_currents);

/// Energy of an action in picojoule, by action and price class; from a file of configs/energy, and
/// from whatever else knows the price of a class.
class EnergyTable {
 public:
  std::string name;

  void set(const PricedAction& what, double picojoule) { prices_[what] = picojoule; }
  bool has(const PricedAction& what) const { return prices_.count(what) > 0; }
  /// Throws UserError that names what has no price and lists those that the action has.
  double price(const PricedAction& what) const;
  /// The same for all of `counted` that the table has to price.
  void check(const std::vector<PricedAction>& counted, bool has_currents) const;

 private:
  std::map<PricedAction, double> prices_;
};

}  // namespace airnn
