using System.Diagnostics;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

/// <summary>Lays out a folder as Kubernetes does for a ConfigMap: names lead through a link "..data", which is swapped for a new version of all files.</summary>
internal static class KubernetesVolume
{
    private const string Data = "..data";
    private const string Name = "model.zip";

    /// <summary>Makes a volume.</summary>
    /// <returns>The path of the model.</returns>
    internal static string Create(TemporaryFolder folder, string model)
    {
        File.CreateSymbolicLink(folder.PathOf(Data), AddVersion(folder, model, version: 1));
        File.CreateSymbolicLink(folder.PathOf(Name), Path.Combine(Data, Name));
        return folder.PathOf(Name);
    }

    /// <summary>Leads to another model, and deletes the version before.</summary>
    internal static void Swap(TemporaryFolder folder, string model, int version)
    {
        string next = folder.PathOf("..data_tmp");
        File.CreateSymbolicLink(next, AddVersion(folder, model, version));
        using (Process move = Process.Start("mv", ["-T", next, folder.PathOf(Data)]))
        {
            move.WaitForExit();
        }

        Directory.Delete(folder.PathOf(NameOf(version - 1)), recursive: true);
    }

    private static string AddVersion(TemporaryFolder folder, string model, int version)
    {
        Directory.CreateDirectory(folder.PathOf(NameOf(version)));
        File.Copy(model, folder.PathOf(NameOf(version), Name));
        return NameOf(version);
    }

    private static string NameOf(int version) => FormattableString.Invariant($"..2026_11_{version}");
}
