// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/evaluate/setting.h"

namespace airnn {

/// The settings without those that have no meaning beside the others, such as a policy where no
/// kernels are interleaved, or clusters and a threshold on the base accelerator. What is no value
/// of an option is left to who compiles.
Settings meaningful_settings(Settings settings);

/// The base accelerator under the conditions of these settings: dense weights in a single
/// iteration, and exact multipliers if the machine has elements.
Settings base_settings(const Settings& settings);

}  // namespace airnn
