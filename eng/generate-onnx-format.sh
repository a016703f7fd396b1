#!/usr/bin/env bash
# Compiles OnnxFormat/onnx.proto into OnnxFormat/Onnx.cs. Run it after each change of onnx.proto, and commit both.
# The compiler is that of Grpc.Tools, restored by a project of its own, so that no build of the library needs it.
set -euo pipefail
cd "$(dirname "$0")/.."
format=src/Microsoft.ML.MobileNetV2.Core/OnnxFormat
work=artifacts/onnx-format
rm -rf "$work"
mkdir -p "$work/OnnxFormat"
cp "$format/onnx.proto" "$work/OnnxFormat/"
cat >"$work/OnnxFormat.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <ManagePackageVersionsCentrally>false</ManagePackageVersionsCentrally>
    <RestorePackagesWithLockFile>false</RestorePackagesWithLockFile>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Google.Protobuf" Version="3.35.1" />
    <PackageReference Include="Grpc.Tools" Version="2.85.0" PrivateAssets="all" />
    <Protobuf Include="OnnxFormat/onnx.proto" GrpcServices="None" Access="Internal" OutputDir="generated" />
  </ItemGroup>
</Project>
PROJECT
dotnet build "$work/OnnxFormat.csproj" -t:Restore -v quiet
dotnet build "$work/OnnxFormat.csproj" -t:Protobuf_Compile --no-restore -v quiet
cp "$work/generated/OnnxFormat/Onnx.cs" "$format/Onnx.cs"
