// SPDX-License-Identifier: Apache-2.0
#include "sw/golden/layer_weights.h"

#include <algorithm>

namespace airnn::golden {

namespace {

// Below one weight in so many, going through a neuron's own weights beats a multiplication of whole
// panels: the latter does eight products at a time and skips the inputs that are zero, about a
// half.
constexpr std::size_t kSparseBelowOneIn = 12;

std::vector<CrsWeight> batch(const MemoryImage& image, int iteration) {
  std::vector<CrsWeight> all;
  for (std::uint16_t cluster = 0; cluster < 2; ++cluster) {
    const auto part = image.cluster(static_cast<std::uint16_t>(iteration), cluster).weights();
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

std::vector<CrsWeight> dense(const MemoryImage& image, std::size_t index) {
  std::vector<CrsWeight> all;
  const auto columns = static_cast<std::size_t>(image.network().layers[index].columns);
  const auto values = image.dense_weights(static_cast<std::uint16_t>(index));
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] != 0) {
      all.push_back({values[i], static_cast<std::uint32_t>(i % columns),
                     static_cast<std::uint32_t>(i / columns), static_cast<std::uint32_t>(index)});
    }
  }
  return all;
}

std::vector<std::vector<std::int32_t>> used_columns(const Layer& layer,
                                                    const LayerWeights& weights) {
  const auto groups = static_cast<std::size_t>(layer.groups);
  const std::size_t kernels_of_group = static_cast<std::size_t>(layer.kernels) / groups;
  std::vector<std::vector<std::int32_t>> used(groups);
  std::vector<bool> seen(static_cast<std::size_t>(layer.columns));
  for (std::size_t g = 0; g < groups; ++g) {
    std::fill(seen.begin(), seen.end(), false);
    const std::size_t end = weights.first[(g + 1) * kernels_of_group];
    for (std::size_t i = weights.first[g * kernels_of_group]; i < end; ++i) {
      seen[static_cast<std::size_t>(weights.terms[i].row)] = true;
    }
    for (std::size_t column = 0; column < seen.size(); ++column) {
      if (seen[column]) {
        used[g].push_back(static_cast<std::int32_t>(column));
      }
    }
  }
  return used;
}

std::vector<std::int32_t> panels(const Layer& layer, const LayerWeights& weights) {
  const auto kernels = static_cast<std::size_t>(layer.kernels);
  const auto columns = static_cast<std::size_t>(layer.columns);
  std::vector<std::int32_t> all(columns * panel_width(kernels));
  for (std::size_t begin = 0; begin < kernels; begin += kTileWidth) {
    const std::size_t width = std::min(kTileWidth, panel_width(kernels - begin));
    std::int32_t* panel = &all[columns * begin];
    for (std::size_t m = begin; m < std::min(begin + width, kernels); ++m) {
      for (std::size_t i = weights.first[m]; i < weights.first[m + 1]; ++i) {
        panel[static_cast<std::size_t>(weights.terms[i].row) * width + (m - begin)] =
            weights.terms[i].value;
      }
    }
  }
  return all;
}

LayerWeights arrange(const Layer& layer, const std::vector<CrsWeight>& weights) {
  LayerWeights arranged;
  arranged.first.assign(static_cast<std::size_t>(layer.kernels) + 1, 0);
  arranged.terms.reserve(weights.size());
  for (const CrsWeight& weight : weights) {
    ++arranged.first[weight.row + 1];
    arranged.terms.push_back({static_cast<std::int32_t>(weight.column), weight.value});
  }
  for (std::size_t m = 1; m < arranged.first.size(); ++m) {
    arranged.first[m] += arranged.first[m - 1];
  }
  if (layer.kind != LayerKind::fully_connected) {
    arranged.used_columns = used_columns(layer, arranged);
  } else if (layer.product_table == 0 &&
             weights.size() * kSparseBelowOneIn >=
                 static_cast<std::size_t>(layer.kernels * layer.columns)) {
    arranged.panels = panels(layer, arranged);
    std::vector<Term>().swap(arranged.terms);
  }
  return arranged;
}

/// One at least, so that there are sums.
LayerWeights by_value(const Layer& layer, const std::vector<CrsWeight>& weights) {
  std::map<std::int32_t, std::vector<CrsWeight>> parts;
  parts[0] = {};
  for (const CrsWeight& weight : weights) {
    parts[weight.value].push_back(weight);
  }
  LayerWeights divided;
  for (const auto& [value, part] : parts) {
    divided.of_value[value] = std::make_shared<const LayerWeights>(arrange(layer, part));
  }
  return divided;
}

bool comes_before(const CrsWeight& a, const CrsWeight& b) {
  return a.row != b.row ? a.row < b.row : a.column < b.column;
}

}  // namespace

std::vector<NetworkWeights> decode_weights(const MemoryImage& image) {
  const auto& layers = image.network().layers;
  const bool is_dense = image.info().is_dense();
  std::vector<NetworkWeights> iterations;
  std::vector<std::vector<CrsWeight>> loaded(layers.size());
  for (int iteration = 1; iteration <= (is_dense ? 1 : image.info().iterations); ++iteration) {
    std::vector<bool> changed(layers.size(), iteration == 1);
    if (is_dense) {
      for (std::size_t l = 0; l < layers.size(); ++l) {
        loaded[l] = dense(image, l);
      }
    } else {
      for (const CrsWeight& weight : batch(image, iteration)) {
        loaded[weight.layer].push_back(weight);
        changed[weight.layer] = true;
      }
    }
    NetworkWeights weights(layers.size());
    for (std::size_t l = 0; l < layers.size(); ++l) {
      if (!layers[l].has_weights()) {
        continue;
      }
      if (!changed[l]) {
        weights[l] = iterations.back()[l];
        continue;
      }
      std::sort(loaded[l].begin(), loaded[l].end(), comes_before);
      weights[l] = std::make_shared<const LayerWeights>(layers[l].match_rows > 0
                                                            ? by_value(layers[l], loaded[l])
                                                            : arrange(layers[l], loaded[l]));
    }
    iterations.push_back(std::move(weights));
  }
  return iterations;
}

}  // namespace airnn::golden
