// SPDX-License-Identifier: Apache-2.0
#include "sw/results/associative_json.h"

#include "sw/results/product_store.h"

namespace airnn {

namespace {

using Json = nlohmann::ordered_json;

Json json_of(const LayerRecord& record, std::uint64_t memory_bits) {
  const double rate = record.searches == 0
                          ? 0
                          : static_cast<double>(record.hits) / static_cast<double>(record.searches);
  return {{"zero_products", record.zero_products},
          {"cam_searches", record.searches},
          {"cam_hits", record.hits},
          {"hit_rate", rate},
          {"multiplications_left", record.searches - record.hits},
          {"memory_bits", memory_bits}};
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
  return json_of(record, memory_bits(network, layer, record.multipliers));
}

Json associative_json(const RunResults& results) {
  const Network& network = results.image.network();
  LayerRecord sum;
  std::uint64_t bits = 0;
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    if (network.layers[l].match_rows == 0) {
      continue;
    }
    for (const LayerRecord& iteration : results.record.layers[l]) {
      sum.zero_products += iteration.zero_products;
      sum.searches += iteration.searches;
      sum.hits += iteration.hits;
    }
    bits += memory_bits(network, network.layers[l], results.record.layers[l].front().multipliers);
  }
  return json_of(sum, bits);
}

}  // namespace airnn
