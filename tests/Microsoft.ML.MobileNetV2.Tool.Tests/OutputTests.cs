using System.Diagnostics;
using Microsoft.ML.MobileNetV2.Tool.Shell;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests;

/// <summary>What a command writes is never what a person wants to keep. Links, devices and pipes are those of Unix.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class OutputTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Write_ThroughALink_ReplacesTheFileAndKeepsTheLink()
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "real.txt");
        string link = Path.Combine(folder.Path, "link.txt");
        File.WriteAllText(file, "old");
        File.CreateSymbolicLink(link, file);

        OutputFile.WriteText(link, "new");

        Assert.AreEqual("new", File.ReadAllText(file));
        Assert.AreEqual(file, new FileInfo(link).LinkTarget);
    }

    [TestMethod]
    [DataRow("/dev/null")]
    [DataRow("/proc/version")]
    public void RequireWritable_Device_IsRefused(string path)
    {
        CommandException error = Assert.ThrowsExactly<CommandException>(() => OutputFile.RequireWritable(path, "--model"));

        Assert.AreEqual($"'{path}' cannot be written: it is a device. Give another file as --model.", error.Message);
    }

    [TestMethod]
    public async Task RequireWritable_Pipe_IsRefusedAtOnce()
    {
        using TemporaryFolder folder = new();
        string pipe = Path.Combine(folder.Path, "pipe.zip");
        using (Process maker = Process.Start("mkfifo", [pipe]))
        {
            await maker.WaitForExitAsync(TestContext.CancellationToken);
        }

        CommandException error = Assert.ThrowsExactly<CommandException>(() => OutputFile.RequireWritable(pipe, "--model"));

        Assert.AreEqual($"'{pipe}' cannot be written: it is a pipe. Give another file as --model.", error.Message);
    }

    [TestMethod]
    public void RequireWritable_EmptyFile_IsAllowed()
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "empty.zip");
        File.Create(file).Dispose();

        OutputFile.RequireWritable(file, "--model");

        Assert.AreEqual(0, new FileInfo(file).Length);
    }

    [TestMethod]
    public void RequireOther_InputUnderAnotherName_IsRefused()
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "model.zip");
        string link = Path.Combine(folder.Path, "link.zip");
        File.WriteAllText(file, "model");
        File.CreateSymbolicLink(link, file);

        CommandException error = Assert.ThrowsExactly<CommandException>(() => OutputFile.RequireOther(link, "--onnx", file));

        Assert.AreEqual(ExitCode.WrongUsage, error.ExitCode);
        OutputFile.RequireOther(Path.Combine(folder.Path, "other.onnx"), "--onnx", file);
    }
}
