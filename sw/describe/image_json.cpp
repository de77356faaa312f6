// SPDX-License-Identifier: Apache-2.0
#include "sw/describe/image_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sw/describe/crs_slice.h"
#include "sw/describe/group_view.h"
#include "sw/describe/line_report.h"
#include "sw/describe/network_json.h"
#include "sw/version/version.h"

namespace airnn {

using Json = nlohmann::ordered_json;

namespace {

Json section_json(const Section& section) {
  const bool in_batch = section.iteration > 0;
  return {{"kind", to_string(section.kind)},
          {"layer", section.layer == kAllLayers ? Json() : Json(section.layer)},
          {"iteration", in_batch ? Json(section.iteration) : Json()},
          {"cluster", in_batch ? Json(section.cluster) : Json()},
          {"offset", section.offset},
          {"bytes", section.bytes},
          {"crc32c", fmt::format("{:08x}", section.crc32c)}};
}

template <typename Entries, typename Pair>
Json pairs_json(const Entries& entries, const Pair& pair) {
  Json json = Json::array();
  for (const auto& entry : entries) {
    json.push_back(pair(entry));
  }
  return json;
}

Json crs_json(const MemoryImage& image, const BatchSummary& batch,
              const ImageSelection& selection) {
  Json clusters = Json::array();
  for (std::uint16_t c = 0; c < 2; ++c) {
    const CrsSlice slice =
        slice_of(image.cluster(static_cast<std::uint16_t>(batch.iteration), c), selection.layer);
    clusters.push_back({{"cluster", c},
                        {"first_value", slice.first_value},
                        {"first_row", slice.first_row},
                        {"value", slice.arrays.value},
                        {"column", slice.arrays.column},
                        {"row", pairs_json(slice.arrays.row,
                                           [](const RowEntry& e) {
                                             return Json::array({e.row, e.position});
                                           })},
                        {"layer", pairs_json(slice.arrays.layer, [](const LayerEntry& e) {
                           return Json::array({e.layer, e.position});
                         })}});
  }
  return clusters;
}

Json layers_json(const MemoryImage& image, const ImageSelection& selection) {
  Json layers = Json::array();
  for (std::size_t i = 0; i < image.network().layers.size(); ++i) {
    if (selection.shows_layer(i)) {
      layers.push_back(layer_json(image.network(), i));
    }
  }
  return layers;
}

Json batches_json(const MemoryImage& image, const ImageSelection& selection) {
  Json batches = Json::array();
  for (const BatchSummary& batch : selected_batches(image, selection)) {
    Json json = batch_json(batch);
    if (selection.crs) {
      json["crs"] = crs_json(image, batch, selection);
    }
    if (selection.interleaving) {
      json["interleaving"] =
          groups_json(image, static_cast<std::uint16_t>(batch.iteration), selection);
    }
    batches.push_back(std::move(json));
  }
  return batches;
}

Json sections_json(const MemoryImage& image, const ImageSelection& selection) {
  Json sections = Json::array();
  for (const Section& section : image.sections()) {
    if (selection.shows(section)) {
      sections.push_back(section_json(section));
    }
  }
  return sections;
}

}  // namespace

Json image_json(const MemoryImage& image, const std::string& file,
                const ImageSelection& selection) {
  const ImageInfo& info = image.info();
  Json json = {
      {"schema", "airnn-inspect-1"},
      {"version", program_version()},
      {"file", file},
      {"bytes", image.bytes().size},
      {"checksum", fmt::format("{:08x}", image.checksum())},
      {"scheme", to_string(info.scheme)},
      {"policy", info.scheme == Scheme::interleaved ? Json(to_string(info.policy)) : Json()},
      {"iterations", info.iterations},
      {"precision", image.weight_bits()},
      {"index_width", info.is_dense() ? Json() : Json(8 * info.widths.index_bytes)},
      {"network", network_json(image.network())},
      {"layers", layers_json(image, selection)},
      {"batches", batches_json(image, selection)},
      {"sections", sections_json(image, selection)}};
  if (info.is_sparse) {
    json["sparse"] = true;
  }
  if (selection.lines) {
    json["lines"] = lines_json(image, selection);
  }
  return json;
}

}  // namespace airnn
