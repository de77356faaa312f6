# The units of the machine as a package for other SystemC platforms: find_package(airnn).
include(CMakePackageConfigHelpers)
airnn_install(format hw_common hw_memory hw_dram hw_control hw_compute hw_top hw_observe hw_monitor hw_fault)
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/airnn")
configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/airnnConfig.cmake.in"
                              "${PROJECT_BINARY_DIR}/airnnConfig.cmake"
                              INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/airnnConfigVersion.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(EXPORT airnn NAMESPACE airnn:: FILE airnnTargets.cmake DESTINATION "${package_dir}")
install(FILES "${PROJECT_BINARY_DIR}/airnnConfig.cmake" "${PROJECT_BINARY_DIR}/airnnConfigVersion.cmake"
              "${CMAKE_CURRENT_LIST_DIR}/SystemC.cmake"
        DESTINATION "${package_dir}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/configs" DESTINATION "${CMAKE_INSTALL_DATADIR}/airnn")
