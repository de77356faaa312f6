// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/layer_clusters.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <utility>

#include "sw/compiler/elbow.h"
#include "sw/compiler/fixed_point.h"
#include "sw/compiler/parallel_for.h"

namespace airnn {

namespace {

class LayerClusterer {
 public:
  LayerClusterer(const Network& network, const std::vector<LayerParameters>& parameters,
                 const ClusteringOptions& options)
      : network_(network), parameters_(parameters), options_(options) {
    result_.layers.resize(network.layers.size());
    sorted_.resize(network.layers.size());
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
      if (options.clustered[i]) {
        order_.push_back(i);
        average_wanted_ = average_wanted_ || options.counts[i].is_elbow();
      }
    }
    // The largest layers first, so that no thread is left with one of them in the end.
    std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
      return parameters[a].weights.size() > parameters[b].weights.size();
    });
  }

  NetworkClusters run() {
    if (average_wanted_) {
      for_each_layer([&](std::size_t i) { find_curve(i); });
      std::vector<std::vector<double>> curves;
      for (const LayerClusters& layer : result_.layers) {
        if (!layer.curve.empty()) {
          curves.push_back(layer.curve);
        }
      }
      result_.average_curve = average_curve(curves);
      result_.network_elbow = elbow(result_.average_curve);
    }
    for_each_layer([&](std::size_t i) { find_clusters(i); });
    return std::move(result_);
  }

 private:
  template <typename Task>
  void for_each_layer(const Task& task) const {
    parallel_for(order_.size(), options_.threads, [&](std::size_t i) {
      pass(options_.checkpoint);
      task(order_[i]);
    });
  }

  SortedValues& sorted(std::size_t layer) {
    if (!sorted_[layer]) {
      const double scale = scale_of(network_.layers[layer].weight_format.fraction_bits);
      const std::vector<float>& weights = parameters_[layer].weights;
      const auto stored = [&](float weight) { return quantise(weight, scale) != 0; };
      std::vector<float> values;
      values.reserve(
          static_cast<std::size_t>(std::count_if(weights.begin(), weights.end(), stored)));
      std::copy_if(weights.begin(), weights.end(), std::back_inserter(values), stored);
      sorted_[layer] = std::make_unique<SortedValues>(std::move(values));
    }
    return *sorted_[layer];
  }

  void find_curve(std::size_t layer) {
    if (sorted(layer).size() > 0) {
      result_.layers[layer].curve =
          normalised_curve(optimal_squares(sorted(layer), kElbowLimit, options_.checkpoint));
    }
  }

  void find_clusters(std::size_t layer) {
    LayerClusters& result = result_.layers[layer];
    const SortedValues& values = sorted(layer);
    if (values.size() > 0) {
      result.clustering =
          cluster_values(values, clusters_of(layer), options_.init, options_.seed + layer);
    }
    sorted_[layer].reset();
  }

  int clusters_of(std::size_t layer) const {
    const ClusterCount& count = options_.counts[layer];
    if (!count.is_elbow()) {
      return count.clusters;
    }
    return count.own_curve ? elbow(result_.layers[layer].curve) : result_.network_elbow;
  }

  const Network& network_;
  const std::vector<LayerParameters>& parameters_;
  const ClusteringOptions& options_;
  std::vector<std::size_t> order_;
  bool average_wanted_ = false;
  std::vector<std::unique_ptr<SortedValues>> sorted_;
  NetworkClusters result_;
};

}  // namespace

NetworkClusters cluster_layers(const Network& network,
                               const std::vector<LayerParameters>& parameters,
                               const ClusteringOptions& options) {
  return LayerClusterer(network, parameters, options).run();
}

}  // namespace airnn
