// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "sw/format/memory_image.h"
#include "sw/golden/product_rows.h"
#include "sw/results/run_record.h"

namespace airnn {

/// By the untimed reference, which finds the layers' multipliers in `tables`: what an input would
/// have been taken for after iterations that it did not need: per iteration and input the
/// prediction. Only so can a run say how accurate it would be if all inputs stopped after iteration
/// i. Of input n the first `simulated(n)` iterations are left out (-1). Throws a RunError of kind
/// `stopped` if `stop` says so.
std::vector<std::vector<std::int32_t>> predict(
    const MemoryImage& image, const golden::ProductTables& tables, std::size_t inputs,
    const std::function<std::vector<std::int32_t>(std::uint32_t)>& input, unsigned threads,
    const std::function<std::size_t(std::size_t)>& simulated,
    const std::function<bool()>& stop = nullptr);

/// The same for what a run left out.
std::vector<std::vector<std::int32_t>> predict_skipped(
    const MemoryImage& image, const golden::ProductTables& tables, const RunRecord& record,
    const std::function<std::vector<std::int32_t>(std::uint32_t)>& input, unsigned threads);

}  // namespace airnn
