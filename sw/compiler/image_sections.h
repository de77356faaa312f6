// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sw/compiler/batch_plan.h"
#include "sw/compiler/batch_reports.h"
#include "sw/compiler/checkpoint.h"
#include "sw/compiler/layer_interleaving.h"
#include "sw/compiler/line_coding.h"
#include "sw/compiler/network_tuning.h"
#include "sw/format/bin_tables.h"
#include "sw/format/image_layout.h"
#include "sw/model/model.h"

namespace airnn {

/// What the stages before made, of which an image consists.
struct ImageContent {
  const Network& network;
  const std::vector<LayerParameters>& parameters;
  ImageInfo info;
  const NetworkTuning& tuning;
  const BatchPlan& plan;                         ///< not of scheme base
  const std::vector<LayerInterleaving>& groups;  ///< scheme interleaved: one per layer; else none
  /// Weights are those of a binned model, and stored by the numbers of their bins.
  bool has_bins = false;
  /// Rows of each layer's associative memory; none: there is no such memory.
  std::vector<std::vector<MatchRow>> rows = {};
  /// One per layer: the weights are lines; none: they are plain.
  NetworkLines lines = {};
};

/// An image, and what each of its iterations fetches.
struct ImageSections {
  std::vector<std::uint8_t> image;
  BatchReports reports;
};

/// The compiler's last stage: sections, laid out. Passes the checkpoint in each iteration.
ImageSections image_sections(const ImageContent& content, int threads,
                             const Checkpoint& checkpoint = {});

}  // namespace airnn
