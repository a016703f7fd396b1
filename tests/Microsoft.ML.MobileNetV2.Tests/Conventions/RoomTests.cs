using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Conventions;

/// <summary>The rooms of the library: which may use which, and how large a file may be.</summary>
[TestClass]
public sealed class RoomTests
{
    private const int MostLines = 300;
    private const string GeneratedFile = "Onnx.cs";

    /// <summary>An arrow of constants alone, which the compiled assembly does not show.</summary>
    private static readonly (string Room, string Target) ConstantsOnly = ("Inference", "Architecture");

    private static readonly Lazy<RoomDependencies> Dependencies = new(() => new());

    [TestMethod]
    public void Rooms_UseOnlyTheRoomsBelowThem() => AssertNone(Dependencies.Value.FindViolations(Drawing.All));

    [TestMethod]
    public void CoreAndExtensions_UseNeitherMLNetNorOnnxRuntime() =>
        AssertNone(Dependencies.Value.FindHostTypes(Drawing.Core.Keys.Concat(Drawing.Extensions.Keys)));

    [TestMethod]
    public void Core_UsesNoRoomOutsideOfIt()
    {
        string[] outside = [.. Drawing.Core.SelectMany(room => room.Value).Where(room => !Drawing.Core.ContainsKey(room))];

        AssertNone(outside);
    }

    [TestMethod]
    public void Extensions_UseNoRoomOutsideOfThemAndOfTheCore()
    {
        string[] outside = [.. Drawing.Extensions.SelectMany(room => room.Value)
            .Where(room => !Drawing.Extensions.ContainsKey(room) && !Drawing.Core.ContainsKey(room))];

        AssertNone(outside);
    }

    [TestMethod]
    public void Drawing_HasNoCircle()
    {
        Dictionary<string, string[]> left = new(Drawing.All);
        while (left.FirstOrDefault(room => !room.Value.Any(left.ContainsKey)).Key is { } lowest)
        {
            left.Remove(lowest);
        }

        AssertNone([.. left.Keys]);
    }

    [TestMethod]
    public void Drawing_HasEveryFolderOfEachProject()
    {
        foreach ((string project, IEnumerable<string> rooms) in Drawing.Projects)
        {
            string[] folders = [.. Directory.EnumerateDirectories(Repository.PathOf("src", project))
                .Select(folder => Path.GetFileName(folder))
                .Where(folder => folder[0] != '.' && folder is not ("bin" or "obj"))
                .Order(StringComparer.Ordinal)];

            Assert.AreSequenceEqual(rooms.Order(StringComparer.Ordinal), folders, project);
        }
    }

    [TestMethod]
    public void CoreAssembly_ReferencesNeitherMLNetNorOnnxRuntimeNorTheLibraryAboveIt()
    {
        string[] references = [.. typeof(MobileNetV2Weights).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!)];

        Assert.Contains("SkiaSharp", references);
        AssertNone([.. references.Where(name => name.StartsWith("Microsoft.ML", StringComparison.Ordinal))]);
    }

    [TestMethod]
    public void FindViolations_WithAnArrowTakenOutOfTheDrawing_FindsWhatUsesIt()
    {
        foreach ((string room, string[] below) in Drawing.All)
        {
            foreach (string target in below.Where(target => (room, target) != ConstantsOnly))
            {
                Dictionary<string, string[]> drawing = new(Drawing.All) { [room] = [.. below.Where(other => other != target)] };

                Assert.IsNotEmpty(Dependencies.Value.FindViolations(drawing), $"nothing in {room} uses {target}: take the arrow out of the drawing");
            }
        }
    }

    [TestMethod]
    public void Files_AreShort()
    {
        AssertNone([.. Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) != GeneratedFile && File.ReadLines(path).Count() > MostLines)]);
    }

    [TestMethod]
    public void PublicTypes_AreSealedStaticOrAbstract()
    {
        Type[] open = [.. Drawing.Assemblies.SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false })];

        Assert.IsEmpty(open, string.Join(", ", open.Select(type => type.Name)));
    }

    private static void AssertNone(string[] found) => Assert.IsEmpty(found, string.Join(Environment.NewLine, found));
}
