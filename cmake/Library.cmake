# airnn_library(NAME SOURCES ... PUBLIC ... PRIVATE ...)
# One static library per folder, aliased airnn::NAME. Includes are written from the project's root.
function(airnn_library NAME)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  set(target airnn_${NAME})
  add_library(${target} STATIC ${ARG_SOURCES})
  add_library(airnn::${NAME} ALIAS ${target})
  target_include_directories(${target} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
                                              $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_link_libraries(${target} PUBLIC ${ARG_PUBLIC}
                                  PRIVATE ${ARG_PRIVATE} $<BUILD_INTERFACE:airnn_warnings>)
endfunction()
