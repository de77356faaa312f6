// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <stdexcept>
#include <string>

#include "sw/compiler/cluster_arrays.h"
#include "sw/compiler/line_coding.h"
#include "sw/compiler/weighted_layers.h"

namespace airnn {

namespace {

/// Compares weights of an image with those that its lines were laid through.
class LineProof {
 public:
  LineProof(const MemoryImage& image, const LineOptions& options)
      : image_(image), options_(options) {}

  void check(const Layer& layer, std::int32_t found, std::int32_t weight, std::int32_t meant,
             double tolerance) const {
    const LineFitting fitting = {options_.rule, tolerance, 1, image_.info().widths};
    const double error = std::abs(static_cast<double>(found) - static_cast<double>(weight));
    if (found != meant || (options_.rule == LineRule::bound && error > fitting.most_error())) {
      throw std::logic_error("layer '" + layer.name + "': its lines have the weight " +
                             std::to_string(found) + " in the place of " + std::to_string(weight) +
                             ", the tolerance is " + std::to_string(tolerance));
    }
  }

 private:
  const MemoryImage& image_;
  const LineOptions& options_;
};

}  // namespace

void prove_lines(const MemoryImage& image, const std::vector<LayerParameters>& parameters,
                 const BatchPlan& plan, const LineOptions& options, const NetworkLines& lines) {
  const LineProof proof(image, options);
  const Network& network = image.network();
  for (const std::size_t i : weighted_layers(network)) {
    const Layer& layer = network.layers[i];
    const std::vector<std::int32_t> weights = dense_weights(layer, parameters[i].weights);
    const LineTolerances tolerances(layer, weights, options);
    const auto columns = static_cast<std::size_t>(layer.columns);
    const std::vector<std::int32_t> found = image.dense_weights(static_cast<std::uint16_t>(i));
    for (std::size_t w = 0; w < found.size(); ++w) {
      const bool is_coded = lines[i].is_coded;
      proof.check(layer, found[w], weights[w], is_coded ? lines[i].matrix.words[w] : weights[w],
                  is_coded ? tolerances[w / columns] : 0);
    }
    for (std::size_t b = 0; b < lines[i].batches.size(); ++b) {
      for (std::size_t slot = 0; slot < kSlots; ++slot) {
        const int iteration = static_cast<int>(b) + 1;
        const CrsCluster given =
            layer_cluster(network, i, parameters[i].weights, plan.span(i, iteration, slot));
        const std::vector<CrsWeight> due = given.weights();
        std::size_t next = 0;
        for (const CrsWeight& weight :
             image.cluster(static_cast<std::uint16_t>(iteration), static_cast<std::uint16_t>(slot))
                 .weights()) {
          if (weight.layer == i) {
            proof.check(layer, weight.value, due.at(next).value,
                        lines[i].batches[b][slot].words.at(next), tolerances[weight.row]);
            ++next;
          }
        }
      }
    }
  }
}

}  // namespace airnn
