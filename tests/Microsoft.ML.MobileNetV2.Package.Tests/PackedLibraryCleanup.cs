namespace Microsoft.ML.MobileNetV2.Package.Tests;

/// <summary>Deletes the packages when all tests are done.</summary>
[TestClass]
public static class PackedLibraryCleanup
{
    [AssemblyCleanup]
    public static Task DeletePackages() => PackedLibrary.DeleteAsync();
}
