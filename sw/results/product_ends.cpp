// SPDX-License-Identifier: Apache-2.0
#include "sw/results/product_ends.h"

namespace airnn {

namespace {

double ratio(double part, double whole) {
  return whole > 0 ? part / whole : 0;
}

}  // namespace

double ProductEnds::hit_rate() const {
  return ratio(static_cast<double>(hits), static_cast<double>(searches));
}

ProductEnds& ProductEnds::operator+=(const ProductEnds& other) {
  zeros += other.zeros;
  searches += other.searches;
  hits += other.hits;
  return *this;
}

double ProductEnergy::of_every() const {
  return ratio(spent, every);
}

double ProductEnergy::of_gated() const {
  return ratio(spent, gated);
}

ProductEnergy product_energy(const EnergyTable& table, const Counts& counts,
                             const ProductEnds& ends) {
  const double multiplication = table.price({Action::multiplication, {}});
  ProductEnergy energy;
  energy.spent = multiplication * static_cast<double>(ends.multiplied()) +
                 table.price({Action::cam_search_bit, {}}) *
                     static_cast<double>(counts[Action::cam_search_bit]);
  for (const ActionCount& read : counts.of_classes) {
    if (read.what.action == Action::product_read) {
      energy.spent += table.price(read.what) * static_cast<double>(read.count);
    }
  }
  energy.every = multiplication * static_cast<double>(ends.all());
  energy.gated = multiplication * static_cast<double>(ends.searches);
  return energy;
}

}  // namespace airnn
