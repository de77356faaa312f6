// SPDX-License-Identifier: Apache-2.0
#include "sw/results/associative_json.h"

#include "sw/results/product_store.h"

namespace airnn {

namespace {

using Json = nlohmann::ordered_json;

Json json_of(const ProductEnds& ends, std::uint64_t memory_bits) {
  return {{"zero_products", ends.zeros},
          {"cam_searches", ends.searches},
          {"cam_hits", ends.hits},
          {"hit_rate", ends.hit_rate()},
          {"multiplications_left", ends.multiplied()},
          {"memory_bits", memory_bits}};
}

ProductEnds ends_of(const LayerRecord& record) {
  return {record.zero_products, record.searches, record.hits};
}

/// Key and product of each row beside each multiplier.
std::uint64_t memory_bits(const Network& network, const Layer& layer, std::uint64_t multipliers) {
  const std::uint64_t row =
      std::uint64_t{search_key_bits(network.format_of(layer.source), layer.bins)} +
      product_store(layer).bits;
  return layer.match_rows * row * multipliers;
}

}  // namespace

Json associative_json(const Network& network, const Layer& layer, const LayerRecord& record) {
  return json_of(ends_of(record), memory_bits(network, layer, record.multipliers));
}

Json associative_json(const RunResults& results) {
  const Network& network = results.image.network();
  ProductEnds sum;
  std::uint64_t bits = 0;
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    if (network.layers[l].match_rows == 0) {
      continue;
    }
    for (const LayerRecord& iteration : results.record.layers[l]) {
      sum += ends_of(iteration);
    }
    bits += memory_bits(network, network.layers[l], results.record.layers[l].front().multipliers);
  }
  Json json = json_of(sum, bits);
  json.update(product_energy_json(results.energy, results.record.total_counts(), sum));
  return json;
}

Json product_energy_json(const EnergyModel& energy, const Counts& counts, const ProductEnds& ends) {
  const ProductEnergy products = product_energy(energy.table, counts, ends);
  return {{"product_energy_pj", products.spent},
          {"relative_product_energy", products.of_every()},
          {"relative_product_energy_gated", products.of_gated()}};
}

}  // namespace airnn
