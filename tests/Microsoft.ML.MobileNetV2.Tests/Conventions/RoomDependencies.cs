using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Conventions;

/// <summary>Reads from the compiled library which room uses which.</summary>
internal sealed class RoomDependencies
{
    private const string Root = "Microsoft.ML.MobileNetV2";

    private readonly Dictionary<string, string> _folders;
    private readonly (string Origin, string Target)[] _dependencies;

    internal RoomDependencies()
    {
        _folders = Drawing.Projects.Keys.Select(project => Repository.PathOf("src", project)).SelectMany(RoomsOfFiles)
            .DistinctBy(file => file.Name)
            .ToDictionary(file => file.Name, file => file.Room, StringComparer.Ordinal);
        _dependencies = [.. new ArchLoader().LoadAssemblies([.. Drawing.Assemblies]).Build().Types
            .Where(type => type.FullName.StartsWith("Microsoft.ML.", StringComparison.Ordinal))
            .SelectMany(type => type.Dependencies, (type, dependency) => (OuterName(type), OuterName(dependency.Target)))
            .Distinct()];
    }

    /// <summary>Returns what is used against a drawing.</summary>
    internal string[] FindViolations(IReadOnlyDictionary<string, string[]> drawing) => [.. from pair in _dependencies
        let origin = RoomOf(pair.Origin)
        let target = RoomOf(pair.Target)
        where origin is not null && target is not null && origin != target && !(drawing.TryGetValue(origin, out string[]? allowed) && allowed.Contains(target))
        select $"{pair.Origin} ({origin}) uses {pair.Target} ({target})"];

    /// <summary>Returns what rooms use of ML.NET and ONNX Runtime.</summary>
    internal string[] FindHostTypes(IEnumerable<string> rooms) => [.. from pair in _dependencies
        let origin = RoomOf(pair.Origin)
        where origin is not null && rooms.Contains(origin) && IsOfHost(pair.Target)
        select $"{pair.Origin} ({origin}) uses {pair.Target}"];

    private static IEnumerable<(string Name, string Room)> RoomsOfFiles(string source) =>
        from path in Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
        select (Path.GetFileName(path).Split('.')[0], Path.GetRelativePath(source, path).Split(Path.DirectorySeparatorChar)[0]);

    /// <summary>Returns the room of a type of the library: the last part of its namespace, or the folder of its file where it is public.</summary>
    private string? RoomOf(string name)
    {
        if (!IsOfLibrary(name))
        {
            return null;
        }

        string[] parts = name[(Root.Length + 1)..].Split('.');
        return parts.Length > 1 ? parts[0] : _folders[parts[0].Split('`')[0]];
    }

    private static bool IsOfLibrary(string name) => name.StartsWith(Root + ".", StringComparison.Ordinal);

    private static bool IsOfHost(string name) => name.StartsWith("Microsoft.ML.", StringComparison.Ordinal) && !IsOfLibrary(name);

    private static string OuterName(IType type) => type.FullName.Split('+', '/', '<', '[')[0];
}
