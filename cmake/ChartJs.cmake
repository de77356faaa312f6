# AIRNN_CHART_JS: the library that draws the plots of a report page, which contains a copy of it.
find_file(AIRNN_CHART_JS NAMES chart.min.js Chart.min.js
          PATHS /usr/share /usr/local/share PATH_SUFFIXES javascript/chart.js nodejs/chart.js/dist
          DOC "Chart.js 3, minified, one file")
if(NOT AIRNN_CHART_JS)
  message(FATAL_ERROR "Chart.js not found: install the package libjs-chart.js of Debian or Ubuntu, or set "
                      "AIRNN_CHART_JS to chart.min.js of version 3")
endif()
file(STRINGS "${AIRNN_CHART_JS}" version REGEX "Chart\\.js v3\\." LIMIT_COUNT 1)
if(NOT version)
  message(FATAL_ERROR "${AIRNN_CHART_JS}: expected Chart.js 3")
endif()
# Either would end the script element around it, or keep it from ending.
file(STRINGS "${AIRNN_CHART_JS}" unsafe REGEX "</[Ss][Cc][Rr][Ii][Pp][Tt]|<!--" LIMIT_COUNT 1)
if(unsafe)
  message(FATAL_ERROR "${AIRNN_CHART_JS}: cannot be embedded into HTML as it is")
endif()
