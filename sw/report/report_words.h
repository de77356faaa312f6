// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sw/report/report.h"

namespace airnn {

/// What readers of an unfinished evaluation must know before all else: how many of how many points
/// are done, and the names of the others (the first few of them). Empty if it is finished.
std::string progress_words(const ReportProgress& progress);

/// What stands above all else of a part: its notice, and how far it has come.
std::vector<std::string> banners_of(const ReportPart& part);

/// What a plot shows, for readers who do not see it: kind, axes with their ends, series.
std::string plot_words(const ReportPlot& plot);

/// What a picture shows, likewise.
std::string picture_words(const ReportPicture& picture);

/// A link of a picture with its numbers: "link 0 to 1: share of cycles 85.3 %, 1,234 flits".
std::string link_words(const ReportPicture& picture, const ReportPicture::Link& link);

}  // namespace airnn
