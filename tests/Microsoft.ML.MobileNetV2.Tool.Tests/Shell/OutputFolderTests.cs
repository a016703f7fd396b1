using Microsoft.ML.MobileNetV2.Tool.Shell;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Shell;

[TestClass]
public sealed class OutputFolderTests
{
    [TestMethod]
    public void Create_FolderThatIsThere_LeavesItAsItIs()
    {
        using TemporaryFolder folder = new();
        string[] inner = [folder.PathOf("maps", "probe"), folder.PathOf("maps", "test")];
        Array.ForEach(inner, path => Directory.CreateDirectory(path));

        OutputFolder.Create(folder.PathOf("maps"), "--explain");

        Assert.AreSequenceEqual(inner, Directory.GetFileSystemEntries(folder.PathOf("maps")).Order(StringComparer.Ordinal));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Include, OperatingSystems.Linux)]
    [DataRow("/proc")]
    [DataRow("/dev")]
    public void Create_FolderThatTakesNoFile_IsRefusedByItsName(string path)
    {
        var error = Assert.ThrowsExactly<CommandException>(() => OutputFolder.Create(path, "--explain"));

        Assert.AreEqual($"Nothing can be written to the folder '{path}': it is a device. Give another one as --explain.", error.Message);
    }
}
